import CLinux
import Glibc
package import Network

extension Socket {
    /// Gives the socket an address of its own.
    package borrowing func bind(_ address: SocketAddress) throws(PlatformError) {
        let number = descriptor.rawValue
        let raw = try RawSocketAddress(address)
        do throws(PlatformError) {
            _ = try syscall("bind socket to", "\(address)") {
                unsafe raw.withPointer { unsafe Glibc.bind(number, $0, $1) }
            }
        } catch  where error.code == .addressInUse {
            throw error.advising("something else has it; ss -lnp says what")
        }
    }

    /// Where the socket is; a port that was 0 has become one of the kernel's choice.
    package var localAddress: SocketAddress? {
        borrowing get throws(PlatformError) {
            let number = descriptor.rawValue
            var raw = RawSocketAddress()
            _ = try syscall("name socket") {
                unsafe raw.withMutablePointer { unsafe getsockname(number, $0, $1) }
            }
            return raw.value
        }
    }

    /// Where the other end of a connected socket is.
    package var peerAddress: SocketAddress? {
        borrowing get throws(PlatformError) {
            let number = descriptor.rawValue
            var raw = RawSocketAddress()
            _ = try syscall("name the peer of a socket") {
                unsafe raw.withMutablePointer { unsafe getpeername(number, $0, $1) }
            }
            return raw.value
        }
    }

    /// The port of an IP socket that has one.
    package var localPort: Port {
        borrowing get throws(PlatformError) { try localAddress?.ip?.port ?? 0 }
    }

    /// Connects; false means that it is under way, and done when the socket can be written to.
    package borrowing func connect(_ address: SocketAddress) throws(PlatformError) -> Bool {
        let number = descriptor.rawValue
        let raw = try RawSocketAddress(address)
        var isUnderWay = false
        _ = try syscall("connect to", "\(address)") {
            let result = unsafe raw.withPointer { unsafe Glibc.connect(number, $0, $1) }
            isUnderWay = result == -1 && Errno.current == .inProgress
            return isUnderWay ? 0 : result
        }
        return !isUnderWay
    }

    /// Throws when the connection was refused or could not be made.
    package borrowing func finishConnecting(to address: SocketAddress) throws(PlatformError) {
        let code = try option(SO_ERROR, "connect")
        if code != 0 { throw PlatformError(Errno(rawValue: code), "connect to", "\(address)") }
    }
}

extension Socket {
    /// Whether packets pass an interface of the socket's namespace.
    ///
    /// Since Linux 6.7 the question for a carrier makes the kernel draw all conclusions from it.
    package borrowing func passesPackets(interface name: String) throws(PlatformError) -> Bool {
        let number = descriptor.rawValue
        return try syscall("await carrier of", path: name) {
            unsafe weft_interface_runs(number, $0)
        } == 1
    }
}

/// The number of an interface in the namespace of the calling thread.
package func interfaceIndex(named name: String) throws(PlatformError) -> UInt32 {
    let socket = try Socket(domain: AF_UNIX, type: CInt(SOCK_DGRAM.rawValue))
    let number = socket.descriptor.rawValue
    do throws(PlatformError) {
        let index = try syscall("find interface", path: name) {
            unsafe weft_interface_index(number, $0)
        }
        return UInt32(index)
    } catch  where error.isVanished {
        throw error.advising("ip link says which there are")
    }
}
