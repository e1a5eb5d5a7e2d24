import Platform

/// Connections that are always full.
struct BulkFlows: Generator, ~Copyable {
    private let flows: [Flow]
    private var loop: EventLoop<Slot>
    private let bytes: [UInt8]
    private var events: [Event<Slot>] = []

    private final class Flow {
        let socket: Socket
        init(_ socket: consuming Socket) { self.socket = socket }
    }

    init(_ origins: inout Origins, flows count: Int, patience: Duration) throws(PlatformError) {
        let loop = try EventLoop<Slot>()
        var flows: [Flow] = []
        var options = SocketOptions()
        options.isBlocking = true
        options.waitLimit = patience
        options.resetsOnClose = true
        for index in 0..<count {
            let target = origins.nextTarget()
            let socket = try origins.open(.stream, to: target, options)
            guard try socket.connect(.ip(target)) else {
                throw PlatformError(.timedOut, "connect to", "\(target)")
            }
            try socket.descriptor.makeNonblocking()
            try loop.add(socket.descriptor, .write, as: Slot(index))
            flows.append(Flow(socket))
        }
        self.flows = flows
        self.loop = loop
        bytes = [ServerTask.swallow.rawValue] + Array(repeating: 0, count: Self.write - 1)
    }

    mutating func run(until end: MonotonicTime, _ tally: inout Tally) throws(PlatformError) {
        while MonotonicTime.now < end {
            try loop.wait(into: &events, until: end)
            for index in events.indices {
                guard case .ready(let slot, _) = events[index] else { continue }
                tally.begin(try flows[slot.index].socket.send(bytes.span) ?? 0)
            }
        }
    }

    /// The length of one write: a small part of the costs, and some rooms of the kernel's full.
    private static let write = 256 << 10
}
