import Network
import Platform
import Synchronization

/// Where clients come in, and what they are answered; shared by its owner and the loop's thread.
final class StatusGate: Sendable {
    let address: SocketAddress
    let takesAnyMethod: Bool
    let answer: @Sendable (RequestHead) -> Response
    private let socket = Mutex<ListeningSocket?>(nil)
    private let isGone = Flag()

    init(
        _ address: SocketAddress, takesAnyMethod: Bool,
        _ answer: @escaping @Sendable (RequestHead) -> Response
    ) {
        self.address = address
        self.takesAnyMethod = takesAnyMethod
        self.answer = answer
    }
}

extension StatusGate {
    /// Whether the owner is done with it.
    var isClosed: Bool { isGone.isSet }

    /// Begins to listen; tells the port, which is of the kernel's choice where it was 0.
    func open() throws(PlatformError) -> Port {
        let opened = try Self.listen(address)
        let port = address.ip == nil ? 0 : try opened.socket.localPort
        var held: ListeningSocket? = consume opened
        socket.withLock { if !isGone.isSet { $0 = held.take() } }
        return port
    }

    /// Listens no longer, from now on: the kernel reports nothing more of a closed descriptor.
    func close() {
        socket.withLock { socket in
            isGone.set()
            socket = nil
        }
    }

    /// The next client, if one waits.
    func accept() throws(PlatformError) -> StreamSocket? {
        try socket.withLock { socket throws(PlatformError) in try socket?.accept() ?? nil }
    }

    /// Lets a loop report clients; nothing is to be reported of a gate that is not open.
    func join(
        _ loop: borrowing EventLoop<StatusSource>, as source: StatusSource
    ) throws(PlatformError) {
        try socket.withLock { socket throws(PlatformError) in
            try socket?.watch(on: loop, as: source)
        }
    }

    private static func listen(_ address: SocketAddress) throws(PlatformError) -> ListeningSocket {
        switch address {
        case .unix(.path(let path)): try listen(onPath: path)
        case .ip(let place, _) where place.address == .v6(.unspecified):
            try listen(onAny: place.port)
        default: try ListeningSocket(address)
        }
    }

    /// "::" takes IPv4 as well, and is IPv4's alone where the kernel has no IPv6.
    private static func listen(onAny port: Port) throws(PlatformError) -> ListeningSocket {
        var both = SocketOptions()
        both.onlyIPv6 = false
        do throws(PlatformError) {
            return try ListeningSocket(.ip(.v6(.unspecified), port), both)
        } catch  where error.code == .familyNotSupported {
            return try ListeningSocket(.ip(.v4(.unspecified), port))
        }
    }

    /// The file of a socket whose owner is gone stays, and would be in the way.
    private static func listen(onPath path: String) throws(PlatformError) -> ListeningSocket {
        let address = SocketAddress.unix(.path(path))
        do throws(PlatformError) {
            return try ListeningSocket(address)
        } catch  where error.code == .addressInUse {
            if (try? StreamSocket(connectedTo: address, until: .now + .seconds(1))) != nil {
                throw error
            }
            try File.remove(path)
            return try ListeningSocket(address)
        }
    }
}

extension ListeningSocket {
    fileprivate borrowing func watch(
        on loop: borrowing EventLoop<StatusSource>, as source: StatusSource
    ) throws(PlatformError) {
        try loop.add(socket.descriptor, .read, as: source)
    }
}
