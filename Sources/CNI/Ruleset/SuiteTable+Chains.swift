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
        ]
    }

    private typealias Priority = Chain.Base.Priority
    private static let hostPorts = "host-ports"
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
}

/// RTN_LOCAL, as `fib … type` gives it.
private enum RouteKind {
    static let local: UInt32 = 2
}
