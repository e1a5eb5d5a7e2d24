import Netlink
import Platform

extension FuzzTargets {
    /// Netlink's decoders, over whole datagrams.
    static let netlinkMessages = [
        FuzzTarget("netlink-route", corpus: NetlinkCorpus.route, run: checkRoutes),
        FuzzTarget("netlink-conntrack", corpus: NetlinkCorpus.conntrack, run: checkConntrack),
        FuzzTarget(
            "netlink-exchange", corpus: NetlinkCorpus.route + NetlinkCorpus.conntrack,
            run: checkExchange),
    ]

    private static func checkRoutes(_ bytes: [UInt8]) {
        forEachMessage(of: bytes) { message in
            _ = try? Link(message)
            _ = try? Qdisc(message)
            _ = try? TrafficFilter(message)
            _ = try? RouteEvent(message)
            checkStable(message) { (address: InterfaceAddress) in .add(address) }
            // A damaged route may name what no message we write can say; it must only be survived.
            if let route = try? Route(message) { _ = Request.add(route) }
            checkStable(message) { (rule: RoutingRule) in .add(rule) }
            checkStable(message) { (neighbour: Neighbour) in .add(neighbour) }
            checkStable(message) { (entry: ForwardingEntry) in .add(entry) }
        }
    }

    private static func checkConntrack(_ bytes: [UInt8]) {
        forEachMessage(of: bytes) { message in
            _ = try? ConntrackUsage(message)
            _ = try? ConntrackEvent(message)
            guard let entry = try? ConntrackEntry(message) else { return }
            precondition(ConntrackFilter().matches(entry))
            precondition(entry.original.reversed.reversed.source == entry.original.source)
            _ = Request.create(entry)
            _ = Request.delete(entry)
        }
    }

    /// Checks that no message ends a request twice.
    private static func checkExchange(_ bytes: [UInt8]) {
        let requests = 3
        for first in [0, 1] as [UInt32] {
            forEachMessage(of: bytes) { message in
                var exchange = Exchange(
                    requests: requests, firstSequence: message.sequence &- first,
                    port: message.port)
                for _ in 0..<2 { _ = try? exchange.receive(message) }
                precondition((requests - 1...requests).contains(exchange.outstanding))
            }
        }
    }
}

extension FuzzTargets {
    /// Reads messages until one contradicts its length.
    private static func forEachMessage(of bytes: [UInt8], _ body: (borrowing Message) -> Void) {
        var messages = Messages(bytes.span)
        while let message = try? messages.next() { body(message) }
    }

    /// Checks that what a value is written as is read as a value that is written the same.
    private static func checkStable<Value: MessageDecodable>(
        _ message: borrowing Message, _ request: (Value) -> Request
    ) {
        guard let value = try? Value(message) else { return }
        let written = request(value).message
        forEachMessage(of: written) { message in
            guard let again = try? Value(message) else { return }
            precondition(request(again).message == written, "\(value) is read as \(again)")
        }
    }
}
