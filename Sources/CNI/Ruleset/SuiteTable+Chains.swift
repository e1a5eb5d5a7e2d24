import NFTables
import Network

extension SuiteTable {
    /// The chains that do not depend on pods.
    static var chains: [ChainContents] {
        [
            ChainContents(
                "loopback-guard", base: .init(.filter, .prerouting, priority: Priority.raw),
                [.strayLoopback(\.destination), .strayLoopback(\.source)]),
            ChainContents(
                "prerouting", base: .init(.nat, .prerouting, priority: Priority.destinationNAT),
                [.toNode(.goto(hostPorts))]),
            ChainContents(
                "output", base: .init(.nat, .output, priority: Priority.destinationNAT),
                [.toNode(.goto(hostPorts))]),
            ChainContents(
                hostPorts,
                [.ipv6Loopback] + IPFamily.allCases.map { .translate(PodMap(.addressedPorts, $0)) }
                    + IPFamily.allCases.map { .translate(PodMap(.hostPorts, $0)) }),
            ChainContents(
                "postrouting", base: .init(.nat, .postrouting, priority: Priority.sourceNAT),
                [.isTranslated + [.jump(portClients)]]
                    + IPFamily.allCases.map { .masquerade(PodMap(.masquerade, $0)) }),
            ChainContents(
                portClients,
                TransportProtocol.allCases.flatMap { transport in
                    IPFamily.allCases.map { .portClients(PodMap(.portClients, $0), transport) }
                }),
        ]
    }

    private typealias Priority = Chain.Base.Priority
    private static let hostPorts = "host-ports"
    private static let portClients = "port-clients"
}

extension PodMap {
    init(_ kind: Kind, _ family: IPFamily) { self.init(kind: kind, family: family) }
}

extension [Expression] {
    /// Drops what claims on the wire to be for or from 127.0.0.0/8.
    ///
    /// The kernel does so itself, but no longer on links where route_localnet is on, which host
    /// ports need. What we translate has other addresses while it is on a wire.
    fileprivate static func strayLoopback(_ field: KeyPath<AddressFields, PacketField>) -> Self {
        [
            .load(.inputInterface), .compare(.notEqual, Value(host: UInt32(1))),
        ] + .isIn(.loopback, field) + [.drop]
    }

    /// The rest of the rule is for packets to one of the node's own addresses.
    fileprivate static func toNode(_ verdict: Expression) -> Self {
        [
            .fib(FIB(.addressKind, of: .destinationAddress)),
            .compare(.equal, Value(host: RouteKind.local)), verdict,
        ]
    }

    /// What comes back for ::1 the kernel drops, whatever we do: leave it to the node's programs.
    fileprivate static var ipv6Loopback: Self { .isIn(.ipv6Loopback, \.destination) + [.return] }

    /// Translates the destination to what the map says; goes on if it says nothing.
    fileprivate static func translate(_ map: PodMap) -> Self {
        let fields = AddressFields(map.family)
        let isAddressed = map.kind == .addressedPorts
        let address: Self = isAddressed ? [.load(fields.destination)] : []
        let next = isAddressed ? fields.registers : 0
        return .isOf(map.family) + address + [
            .load(.transportProtocol, into: Register(next)),
            .load(.destinationPort, into: Register(next + 1)),
            .lookup(map.name, .data(into: 0)),
            .nat(
                NAT(
                    .destination, map.family == .v4 ? .ip : .ip6, address: 0,
                    port: RegisterRange(Register(fields.registers)))),
        ]
    }

    /// The rest of the rule is for connections whose destination was translated, by whomever.
    fileprivate static var isTranslated: Self {
        [
            .load(conntrack: .status), .mask(Value(host: Conntrack.Status.destinationTranslated)),
            .compare(.notEqual, Value(host: UInt32(0))),
        ]
    }

    fileprivate static func masquerade(_ map: PodMap) -> Self {
        .isOf(map.family) + [.load(AddressFields(map.family).source), .lookup(map.name, .verdict)]
    }

    /// A rule for each protocol: without one, nft does not know that ports are in the key.
    fileprivate static func portClients(_ map: PodMap, _ transport: TransportProtocol) -> Self {
        let fields = AddressFields(map.family)
        return .isOf(map.family) + [
            .load(.transportProtocol), .compare(.equal, Value(network: transport.rawValue)),
            .load(fields.destination),
            .load(.transportProtocol, into: Register(fields.registers)),
            .load(.destinationPort, into: Register(fields.registers + 1)),
            .load(
                conntrack: .destinationPort, side: .original,
                into: Register(fields.registers + 2)),
            .lookup(map.name, .verdict),
        ]
    }
}

/// RTN_LOCAL, as `fib … type` gives it.
private enum RouteKind {
    static let local: UInt32 = 2
}
