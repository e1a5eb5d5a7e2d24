package import Network
import Platform
package import Topology

/// Servers that tell everyone which one they are, by TCP and by UDP, all on one thread.
package final class Responders: Sendable {
    private let isStopped = Flag()
    private let waker: Waker?
    private let thread: Thread

    /// Starts one on each host, in the order of their numbers: at most 256.
    package init(on hosts: [Host], port: Port) throws(BenchError) {
        let isStopped = isStopped
        var waker: Waker?
        thread = try BenchError.of(.network, "start servers") {
            let work = try ResponderWork(on: hosts, port: port)
            waker = work.loop.waker
            return try Thread(owning: work) { work in
                var work = work
                // Nothing but the end of its sockets makes it fail.
                try? work.run(until: isStopped)
            }
        }
        self.waker = waker
    }

    deinit {
        isStopped.set()
        waker?.wake()
    }

    /// Keeps them on one processor.
    package func pin(to processor: Int) throws(BenchError) {
        try BenchError.of(.privilege, "keep servers on a processor") {
            try thread.pin(to: processor)
        }
    }
}

private struct ResponderWork: ~Copyable, Sendable {
    struct Source: RawRepresentable<UInt64>, Hashable, Sendable { let rawValue: UInt64 }

    var loop: EventLoop<Source>
    private let sockets: [ResponderSockets]
    private var events: [Event<Source>] = []

    init(on hosts: [Host], port: Port) throws(PlatformError) {
        let loop = try EventLoop<Source>()
        var sockets: [ResponderSockets] = []
        for (number, host) in hosts.enumerated() {
            let pair = try ResponderSockets(UInt8(truncatingIfNeeded: number), on: host, port)
            let source = UInt64(2 * number)
            try loop.add(pair.listener.socket.descriptor, .read, as: Source(rawValue: source))
            try loop.add(pair.datagrams.socket.descriptor, .read, as: Source(rawValue: source + 1))
            sockets.append(pair)
        }
        self.loop = loop
        self.sockets = sockets
    }

    mutating func run(until isStopped: Flag) throws(PlatformError) {
        while !isStopped.isSet {
            try loop.wait(into: &events)
            for case .ready(let source, _) in events {
                let pair = sockets[Int(source.rawValue / 2)]
                try source.rawValue.isMultiple(of: 2) ? pair.accept() : pair.answer()
            }
        }
    }
}

/// The two sockets of one server, for both families.
private final class ResponderSockets: Sendable {
    let listener: ListeningSocket
    let datagrams: UDPSocket
    private let word: [UInt8]

    init(_ number: UInt8, on host: Host, _ port: Port) throws(PlatformError) {
        let address = AddressAndPort(.v6(.unspecified), port)
        var options = SocketOptions()
        options.onlyIPv6 = false
        let opened = options
        listener = try host.run { () throws(PlatformError) in
            try ListeningSocket(.ip(address), opened)
        }
        datagrams = try host.run { () throws(PlatformError) in try UDPSocket(address, opened) }
        word = [number]
    }

    func accept() throws(PlatformError) {
        let word = word
        while let stream = try listener.accept() {
            // One that went away in the meantime is not waited for.
            _ = try? stream.write(word.span)
        }
    }

    func answer() throws(PlatformError) {
        var room: [16 of UInt8] = [16 of UInt8](repeating: 0)
        var span = room.mutableSpan
        let word = word
        while let received = try datagrams.receive(into: &span) {
            _ = try? datagrams.send(word.span, to: received.source, zone: received.zone)
        }
    }
}
