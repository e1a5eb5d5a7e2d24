import Network
package import Platform

/// A server that tells everyone its name and their address, by HTTP and by UDP.
package struct EchoServer: ~Copyable {
    private let name: String
    private var loop: EventLoop<Source>
    private let listener: ListeningSocket
    private let datagrams: UDPSocket
    private var visitors: [Source: Visitor] = [:]
    private var last = Source.datagrams

    /// Listens in the calling thread's network.
    package init(_ name: String) throws(PlatformError) {
        var options = SocketOptions()
        options.onlyIPv6 = false
        let address = AddressAndPort(try Self.anyAddress(), Port(ServicePlans.webPort))
        let listener = try ListeningSocket(.ip(address), options)
        let datagrams = try UDPSocket(address, options)
        let loop = try EventLoop<Source>()
        try loop.add(listener.socket.descriptor, .read, as: .listener)
        try loop.add(datagrams.socket.descriptor, .read, as: .datagrams)
        self.name = name
        self.loop = loop
        self.listener = listener
        self.datagrams = datagrams
    }

    /// Both families, or IPv4 alone where the kernel has no other.
    private static func anyAddress() throws(PlatformError) -> IPAddress {
        let both = IPAddress.v6(IPv6Address(high: 0, low: 0))
        do throws(PlatformError) {
            _ = try UDPSocket(AddressAndPort(both, 0))
            return both
        } catch {
            return .v4(IPv4Address(0, 0, 0, 0))
        }
    }

    struct Source: RawRepresentable<UInt64>, Hashable, Sendable {
        let rawValue: UInt64

        static let listener = Source(rawValue: 0)
        static let datagrams = Source(rawValue: 1)
    }
}

extension EchoServer {
    /// Answers until the process ends.
    package mutating func run() throws(PlatformError) {
        var events: [Event<Source>] = []
        while true {
            try loop.wait(into: &events)
            for event in events {
                switch event {
                case .ready(.listener, _): try accept()
                case .ready(.datagrams, _): try answerDatagrams()
                case .ready(let source, _): serve(source)
                case .timer(let source): visitors[source] = nil
                case .signal, .woken: break
                }
            }
        }
    }

    private mutating func accept() throws(PlatformError) {
        while let socket = try listener.accept() {
            last = Source(rawValue: last.rawValue + 1)
            try loop.add(socket.socket.descriptor, .read, as: last)
            let deadline = loop.schedule(last, at: .now + Visitor.patience)
            visitors[last] = Visitor(socket, deadline)
        }
    }

    private mutating func serve(_ source: Source) {
        guard let visitor = visitors[source] else { return }
        // Whoever goes away while being answered is not waited for.
        let isDone = (try? visitor.serve(as: name)) ?? true
        guard isDone else { return }
        loop.cancel(visitor.deadline)
        visitors[source] = nil
    }

    private func answerDatagrams() throws(PlatformError) {
        var room = [UInt8](repeating: 0, count: Visitor.longestRequest)
        var span = room.mutableSpan
        while let received = try datagrams.receive(into: &span) {
            let answer = Answer(server: name, client: received.source)
            _ = try datagrams.send(
                "\(answer)\n".utf8.span, to: received.source, zone: received.zone)
        }
    }
}

/// One connection to the server.
private final class Visitor {
    private let socket: StreamSocket
    let deadline: EventLoop<EchoServer.Source>.Timer
    private var request: [UInt8] = []

    static let patience = Duration.seconds(5)
    static let longestRequest = 8 << 10
    private static let end: [UInt8] = Array("\r\n\r\n".utf8)

    init(_ socket: consuming StreamSocket, _ deadline: EventLoop<EchoServer.Source>.Timer) {
        self.socket = socket
        self.deadline = deadline
    }

    /// Takes what has come of the request, and answers if that is all; true at the end.
    func serve(as name: String) throws(PlatformError) -> Bool {
        var room = [UInt8](repeating: 0, count: Self.longestRequest)
        var span = room.mutableSpan
        guard let count = try socket.read(into: &span) else { return false }
        request += room.prefix(count)
        if count == 0 || request.count > Self.longestRequest { return true }
        guard request.suffix(Self.end.count).elementsEqual(Self.end) else { return false }
        guard let client = try socket.socket.peerAddress?.ip else { return true }
        let answer = Answer(server: name, client: client)
        try socket.write(all: answer.response.utf8.span, until: .now + Self.patience)
        return true
    }
}
