import Network
import Platform

/// What a server's thread owns.
struct ServerWork: ~Copyable, Sendable {
    let address: AddressAndPort
    private let answers: ServerAnswers
    private let orders: ServerOrders
    private let listener: ListeningSocket
    private var loop: EventLoop<Slot>
    private var datagrams: ServerDatagrams

    /// Listens in the calling thread's network.
    init(
        _ address: AddressAndPort, _ answers: ServerAnswers, _ orders: ServerOrders
    ) throws(PlatformError) {
        var options = SocketOptions()
        options.onlyIPv6 = false
        let listener = try ListeningSocket(.ip(address), options)
        let local = AddressAndPort(address.address, try listener.socket.localPort)
        let datagrams = try ServerDatagrams(local, answers)
        let loop = try EventLoop<Slot>()
        try loop.add(listener.socket.descriptor, .read, as: .listener)
        try datagrams.register(in: loop, as: .datagrams)
        self.address = local
        self.answers = answers
        self.orders = orders
        self.listener = listener
        self.loop = loop
        self.datagrams = datagrams
    }

    var waker: Waker { loop.waker }
}

extension Slot {
    fileprivate static let listener = Slot(0)
    fileprivate static let datagrams = Slot(1)
    fileprivate static let firstStream = 2
}

extension ServerWork {
    /// Serves until others want it to end.
    mutating func run() {
        var events: [Event<Slot>] = []
        var streams = ServerStreams(answers, firstSlot: Slot.firstStream)
        while !orders.isOver {
            let pause = orders.sleep
            if pause > .zero { sleep(for: pause) }
            guard (try? loop.wait(into: &events, until: pause > .zero ? .now : nil)) != nil else {
                return
            }
            // A loop over the array itself could hold on to it, and the next wait would copy it.
            for index in events.indices {
                guard case .ready(let slot, _) = events[index] else { continue }
                if let stall = orders.takeStall() { sleep(for: stall) }
                serve(slot, &streams, isLate: pause > .zero)
            }
        }
    }

    /// A client that goes wrong shows at the client.
    private mutating func serve(
        _ slot: Slot, _ streams: inout ServerStreams, isLate: Bool
    ) {
        switch slot {
        case .listener: try? accept(&streams, isLate)
        case .datagrams: try? datagrams.serve()
        case let slot: streams.serve(slot)
        }
    }

    private func accept(
        _ streams: inout ServerStreams, _ isLate: Bool
    ) throws(PlatformError) {
        while let stream = try listener.accept() {
            answers.counters.addAccepted()
            streams.add(stream, loop, isLate: isLate)
        }
    }
}
