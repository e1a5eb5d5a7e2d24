import Glibc
import Network

/// An address in the form system calls take.
struct RawSocketAddress {
    private var storage = sockaddr_storage()
    private(set) var length: socklen_t

    /// An empty one, for the kernel to fill in.
    init() { length = socklen_t(MemoryLayout<sockaddr_storage>.size) }

    /// A copy of what a system call left somewhere.
    init(copying address: UnsafeRawBufferPointer) {
        let size = min(address.count, MemoryLayout<sockaddr_storage>.size)
        length = socklen_t(size)
        unsafe withUnsafeMutableBytes(of: &storage) {
            unsafe $0.copyMemory(from: UnsafeRawBufferPointer(rebasing: address[..<size]))
        }
    }

    var family: CInt { CInt(storage.ss_family) }

    /// Hands the address to a call that reads it.
    func withPointer<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
        unsafe withUnsafePointer(to: storage) {
            unsafe body(
                UnsafeRawPointer($0).assumingMemoryBound(to: sockaddr.self), length)
        }
    }

    /// Hands the address to a call that writes it.
    mutating func withMutablePointer<Result>(
        _ body: (UnsafeMutablePointer<sockaddr>, UnsafeMutablePointer<socklen_t>) -> Result
    ) -> Result {
        unsafe withUnsafeMutablePointer(to: &storage) { storage in
            unsafe body(
                UnsafeMutableRawPointer(storage).assumingMemoryBound(to: sockaddr.self), &length)
        }
    }

    /// An address of one family's own type.
    private init<Family>(_ address: Family, length: Int = MemoryLayout<Family>.size) {
        self.init()
        self.length = socklen_t(length)
        unsafe withUnsafeMutableBytes(of: &storage) { storage in
            unsafe withUnsafeBytes(of: address) { unsafe storage.copyMemory(from: $0) }
        }
    }

    private func read<Family>(as family: Family.Type) -> Family {
        unsafe withUnsafeBytes(of: storage) { unsafe $0.loadUnaligned(as: family) }
    }
}

extension RawSocketAddress {
    init(_ address: SocketAddress) throws(PlatformError) {
        switch address {
        case .ip(let address, let zone): self.init(address, zone: zone)
        case .unix(let address): try self.init(address)
        }
    }

    /// Nil when it is of a family we have no name for.
    var value: SocketAddress? {
        switch family {
        case AF_INET, AF_INET6: ip.map { .ip($0, zone: zone) }
        case AF_UNIX: .unix(unix)
        default: nil
        }
    }
}

extension RawSocketAddress {
    init(_ address: AddressAndPort, zone: UInt32 = 0) {
        let port = address.port.rawValue.bigEndian
        switch address.address {
        case .v4(let address):
            var raw = sockaddr_in()
            raw.sin_family = sa_family_t(AF_INET)
            raw.sin_port = port
            raw.sin_addr.s_addr = address.rawValue.bigEndian
            self.init(raw)
        case .v6(let address):
            var raw = sockaddr_in6()
            raw.sin6_family = sa_family_t(AF_INET6)
            raw.sin6_port = port
            raw.sin6_addr = in6_addr(address)
            raw.sin6_scope_id = zone
            self.init(raw)
        }
    }

    var ip: AddressAndPort? {
        switch family {
        case AF_INET:
            let raw = read(as: sockaddr_in.self)
            let address = IPv4Address(rawValue: UInt32(bigEndian: raw.sin_addr.s_addr))
            return AddressAndPort(.v4(address), Port(UInt16(bigEndian: raw.sin_port)))
        case AF_INET6:
            let raw = read(as: sockaddr_in6.self)
            return AddressAndPort(
                .v6(IPv6Address(raw.sin6_addr)), Port(UInt16(bigEndian: raw.sin6_port)))
        default: return nil
        }
    }

    var zone: UInt32 { family == AF_INET6 ? read(as: sockaddr_in6.self).sin6_scope_id : 0 }
}

extension RawSocketAddress {
    private static let nameOffset = MemoryLayout<sa_family_t>.size
    private static let nameCapacity = MemoryLayout<sockaddr_un>.size - nameOffset

    private init(_ address: UnixAddress) throws(PlatformError) {
        var raw = sockaddr_un()
        raw.sun_family = sa_family_t(AF_UNIX)
        let name = try Self.name(address)
        unsafe withUnsafeMutableBytes(of: &raw.sun_path) { unsafe $0.copyBytes(from: name) }
        self.init(raw, length: Self.nameOffset + name.count)
    }

    /// The bytes of a name: a path ends with a NUL, an abstract name starts with one.
    private static func name(_ address: UnixAddress) throws(PlatformError) -> [UInt8] {
        let (text, bytes): (String, [UInt8]) =
            switch address {
            case .path(let path): (path, Array(path.utf8) + [0])
            case .abstract(let name): (name, [0] + Array(name.utf8))
            case .unnamed: ("", [])
            }
        try checkForNUL(text, "name Unix socket")
        if bytes.count > nameCapacity {
            throw PlatformError(
                .nameTooLong, "name Unix socket", text,
                remedy: "at most \(nameCapacity - 1) bytes: use a directory with a shorter path")
        }
        return bytes
    }

    private var unix: UnixAddress {
        unsafe withUnsafeBytes(of: storage) { bytes in
            let name = unsafe bytes[..<min(Int(length), bytes.count)].dropFirst(Self.nameOffset)
            guard let first = unsafe name.first else { return .unnamed }
            if first == 0 {
                return unsafe .abstract(String(decoding: name.dropFirst(), as: UTF8.self))
            }
            return unsafe .path(String(decoding: name.prefix { $0 != 0 }, as: UTF8.self))
        }
    }
}

extension in6_addr {
    init(_ address: IPv6Address) {
        self.init()
        unsafe withUnsafeMutableBytes(of: &self) {
            unsafe $0.storeBytes(of: address.high.bigEndian, as: UInt64.self)
            unsafe $0.storeBytes(of: address.low.bigEndian, toByteOffset: 8, as: UInt64.self)
        }
    }
}

extension IPv6Address {
    init(_ raw: in6_addr) {
        self = unsafe withUnsafeBytes(of: raw) {
            unsafe IPv6Address(
                high: UInt64(bigEndian: $0.loadUnaligned(as: UInt64.self)),
                low: UInt64(bigEndian: $0.loadUnaligned(fromByteOffset: 8, as: UInt64.self)))
        }
    }
}
