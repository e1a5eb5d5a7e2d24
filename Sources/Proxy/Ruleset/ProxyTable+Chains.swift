import NFTables
import Network

extension ProxyTable {
    /// The chains that do not depend on services, in the order they must be created.
    package var chains: [RuleChain] {
        [pick, giveBackMark, localPolicy, special, service, dispatch]
            + [giveBackPriority, prerouting, output, postrouting]
    }
}

extension ProxyTable {
    // All of it hangs on NAT hooks: they see the first packet of a connection only, so packets of
    // established ones meet no rule of ours at all.

    private var prerouting: RuleChain {
        RuleChain(
            "nat-prerouting", base: .init(.nat, .prerouting, priority: Priority.destinationNAT),
            [[.jump("dispatch")], [.goto("service")]])
    }

    private var output: RuleChain {
        RuleChain(
            "nat-output", base: .init(.nat, .output, priority: Priority.destinationNAT),
            [borrowPriority, [.jump("dispatch")], [.goto("service")]])
    }

    /// Before other tables' masquerading, so that priorities are given back in any case.
    private var postrouting: RuleChain {
        RuleChain(
            "nat-postrouting",
            base: .init(.nat, .postrouting, priority: Priority.sourceNAT - 1),
            [
                .ticket(Ticket.tag, is: Ticket.tag) + [.jump("give-back-priority")],
                markedMasquerade, hairpin,
            ])
    }

    private typealias Priority = Chain.Base.Priority

    /// Returns with a ticket, or ends the search (S46, S64, S65).
    private var dispatch: RuleChain {
        RuleChain(
            "dispatch",
            [
                serviceTicket, nodePortTicket,
                [.load(destination), .lookup(ProxySet.clusterAddresses.rawValue), refusal],
                [.load(destination), .lookup(ProxySet.serviceNetworks.rawValue), .drop],
                [.accept],
            ])
    }

    private var serviceTicket: [Expression] {
        let next = addressRegisters
        return [
            .load(destination), .load(.transportProtocol, into: Register(next)),
            .load(.destinationPort, into: Register(next + 1)),
            .lookup(ProxySet.services.rawValue, .data(into: 0)), .store(.priority), .return,
        ]
    }

    private var nodePortTicket: [Expression] {
        nodeAddress + [
            .load(.transportProtocol), .load(.destinationPort, into: 1),
            .lookup(ProxySet.nodePorts.rawValue, .data(into: 0)), .store(.priority), .return,
        ]
    }

    private var nodeAddress: [Expression] {
        switch settings.nodePorts {
        case .listed: [.load(destination), .lookup(ProxySet.nodeAddresses.rawValue)]
        case .all: notLoopback + .isLocal(.destinationAddress)
        }
    }

    /// 127.0.0.0/8 or ::1, which never serve node ports (S55).
    private var notLoopback: [Expression] {
        switch family {
        case .v4: [.load(destination.prefix(1)), .compare(.notEqual, Value([127]))]
        case .v6: [.load(destination), .compare(.notEqual, Value(.v6(.loopback)))]
        }
    }
}

extension ProxyTable {
    /// What becomes of a packet with a service port's ticket.
    private var service: RuleChain {
        let all: Ticket.Flags = [.local, .external, .guarded, .affine, .refused]
        return RuleChain(
            "service",
            [masqueradeInternal].compactMap(\.self) + [
                .ticket(all.rawValue, is: 0, .notEqual) + [.jump("special")],
                .keepOfTicket(Ticket.listMask),
                [
                    .load(.priority), .lookup(ProxySet.rotations.rawValue, .data(into: 0)),
                    .store(.priority),
                ],
                .follow(.counters, mask: RotationGroup.mask),
                [.goto("pick")],
            ])
    }

    /// Traffic to services' own addresses: masqueraded if it does not come from a pod (S71).
    private var masqueradeInternal: [Expression]? {
        let isInternal: [Expression] = .ticket(Ticket.Flags.external.rawValue, is: 0)
        if settings.masqueradesAll { return isInternal + setMark }
        guard let notFromPods = podMatch(.notEqual) else { return nil }
        return isInternal + notFromPods + setMark
    }

    private var special: RuleChain {
        let kind: Ticket.Flags = [.local, .external]
        return RuleChain(
            "special",
            [
                .ticket(has: .guarded) + .follow(.guards, mask: Ticket.portMask),
                .ticket(has: .refused) + [refusal],
                .ticket(kind.rawValue, is: Ticket.Flags.external.rawValue) + setMark,
                .ticket(has: kind) + [.jump("local-policy")],
                .ticket(has: .affine) + .follow(.affinities, mask: Ticket.listMask),
            ])
    }

    /// Pods and the node itself reach all backends even where the policy is local (S52).
    private var localPolicy: RuleChain {
        let toCluster: [Expression] = .keepOfTicket(~Ticket.Flags.local.rawValue)
        let fromPods = podMatch(.equal).map { [$0 + toCluster + [.return]] } ?? []
        return RuleChain(
            "local-policy", fromPods + [.isLocal(.sourceAddress) + setMark + toCluster])
    }

    private func podMatch(_ op: Comparison.Operator) -> [Expression]? {
        switch settings.pods {
        case .none: nil
        case .networks:
            [
                .load(source),
                .lookup(
                    ProxySet.podNetworks.rawValue, op == .equal ? .member : .notMember),
            ]
        case .bridge(let name): [.load(.inputName), .compare(op, Value(interface: name))]
        case .interfacePrefix(let prefix):
            [.load(.inputName), .compare(op, Value(interface: prefix, isPrefix: true))]
        }
    }

    /// The backend at a place; without one there is nobody to go to (S61).
    private var pick: RuleChain {
        // nft wants to know that there are ports before it accepts one in a translation.
        RuleChain("pick", TransportProtocol.allCases.map(translate) + [[.drop]])
    }

    private func translate(_ transport: TransportProtocol) -> [Expression] {
        [
            .load(.transportProtocol), .compare(.equal, Value([transport.rawValue])),
            .load(.priority), .lookup(ProxySet.endpoints.rawValue, .data(into: 0)),
            .nat(
                NAT(
                    .destination, name.family, address: 0,
                    port: RegisterRange(Register(addressRegisters)))),
        ]
    }
}

extension ProxyTable {
    /// `meta mark set meta mark | bit`.
    private var setMark: [Expression] {
        let bit = settings.masqueradeBit
        return [.load(.mark), .bits(mask: ~bit, xor: bit), .store(.mark)]
    }

    /// The mark is cleared again, for packets that are sent on in a tunnel come by once more (S70).
    private var markedMasquerade: [Expression] {
        let bit = settings.masqueradeBit
        return [
            .load(.mark), .mask(Value(host: bit)), .compare(.notEqual, Value(host: UInt32(0))),
            .load(.mark), .bits(mask: .max, xor: bit), .store(.mark), Self.masquerade,
        ]
    }

    private var hairpin: [Expression] {
        let translated = Conntrack.Status.destinationTranslated
        return [
            .load(conntrack: .status), .mask(Value(host: translated)),
            .compare(.notEqual, Value(host: UInt32(0))), .load(source),
            .load(destination, into: Register(addressRegisters)),
            .lookup(ProxySet.hairpin.rawValue), Self.masquerade,
        ]
    }

    private static let masquerade = Expression.masquerade(Masquerade(flags: .fullyRandom))
}

extension [Expression] {
    /// `fib saddr type local`.
    fileprivate static func isLocal(_ address: FIB.Flags) -> Self {
        /// RTN_LOCAL
        let local: UInt32 = 2
        return [.fib(FIB(.addressKind, of: address)), .compare(.equal, Value(host: local))]
    }
}
