import NFTables
import Network

/// A chain for the members of a set that has its name: what it does depends on a subnet, never on a
/// pod.
struct PodChain: Hashable, Sendable {
    let contents: ChainContents
    /// What it leads to, which no other chain does.
    var body: ChainContents?

    var name: String { contents.name }
    var chains: [ChainContents] { [contents] + (body.map { [$0] } ?? []) }
}

extension PodChain {
    /// Replaces the source of what leaves the subnet and the other networks given.
    ///
    /// A pod whose address is all there is to its network has no subnet.
    static func outside(_ subnet: CIDR, and others: [CIDR]) -> PodChain {
        let family = subnet.family
        let others = Set(others.filter { $0.family == family }.map(\.network)).sorted()
        let own = subnet.isSingleAddress ? [] : [subnet.network]
        var name = outsidePrefix + (own.first?.nameText ?? family.word)
        if !others.isEmpty { name += "-" + hexadecimal(fnv1a("\(others)".utf8)) }
        let inside = own + others + [.multicast(family)]
        return PodChain(
            contents: ChainContents(
                name, base: sources,
                inside.map { .isIn($0, \.destination) + [.return] }
                    + [.isMember(of: name, family) + [.masquerade]]))
    }

    private static let outsidePrefix = "outside-"

    /// Replaces the source of what would otherwise be answered past the node.
    static func inside(_ subnet: CIDR) -> PodChain {
        let own: [[Expression]] =
            subnet.isSingleAddress
            ? [.isItself(subnet.family)] : [.isIn(subnet.network, \.source)]
        let loopback: [[Expression]] = subnet.family == .v4 ? [.isIn(.loopback, \.source)] : []
        let name = subnet.isSingleAddress ? subnet.family.word : subnet.network.nameText
        let body = ChainContents(insidePrefix + name, (loopback + own).map { $0 + [.masquerade] })
        return clients(name, subnet.family, .jump(body.name), body)
    }

    /// Replaces every source.
    static func everyone(_ family: IPFamily) -> PodChain {
        clients(everyonePrefix + family.word, family, .masquerade)
    }

    /// A rule for each protocol: without one, nft does not know that ports are in the key.
    private static func clients(
        _ name: String, _ family: IPFamily, _ verdict: Expression, _ body: ChainContents? = nil
    ) -> PodChain {
        let name = clientsPrefix + name
        let rules: [[Expression]] = TransportProtocol.allCases.map { transport in
            [Expression].isTranslated + .isClient(in: name, family, transport) + [verdict]
        }
        return PodChain(contents: ChainContents(name, base: sources, rules), body: body)
    }

    private static let insidePrefix = "inside-"
    private static let clientsPrefix = "clients-"
    private static let everyonePrefix = "everyone-"
    private static let sources = Chain.Base(
        .nat, .postrouting, priority: Chain.Base.Priority.sourceNAT)
}

extension PodChain {
    /// What set a chain of that name has; nil for the name of another chain.
    static func meaning(of name: String) -> (PodMap.Kind, IPFamily)? {
        if let subject = rest(of: name, outsidePrefix) {
            return familyNamed(subject).map { (.masquerade, $0) }
        }
        guard let subject = rest(of: name, clientsPrefix) else { return nil }
        let family = familyNamed(rest(of: subject, everyonePrefix) ?? subject)
        return family.map { (.portClients, $0) }
    }

    /// The subnet in the name of a chain `outside`.
    static func subnet(outside name: String) -> CIDR? {
        rest(of: name, outsidePrefix).flatMap { subnetNamed($0) }
    }

    /// The names of the chain that has a set and of the one it leads to.
    static func names(of name: String) -> [String] {
        guard let subject = rest(of: name, clientsPrefix), !subject.hasPrefix(everyonePrefix)
        else { return [name] }
        return [name, insidePrefix + subject]
    }

    private static func rest(of name: String, _ prefix: String) -> String? {
        name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count)) : nil
    }

    private static func familyNamed(_ text: String) -> IPFamily? {
        let word = String(text.prefix { $0 != "-" })
        return IPFamily.allCases.first { $0.word == word } ?? subnetNamed(text)?.family
    }

    private static func subnetNamed(_ text: String) -> CIDR? {
        CIDR(String(text.prefix { $0 != "-" }.map { $0 == "_" ? ":" : $0 }))
    }
}

extension [Expression] {
    fileprivate static func isMember(of set: String, _ family: IPFamily) -> Self {
        isOf(family) + [.load(AddressFields(family).source), .lookup(set)]
    }

    /// The rest of the rule is for connections whose destination was translated, by whomever.
    fileprivate static var isTranslated: Self {
        [
            .load(conntrack: .status), .mask(Value(host: Conntrack.Status.destinationTranslated)),
            .compare(.notEqual, Value(host: UInt32(0))),
        ]
    }

    fileprivate static func isClient(
        in set: String, _ family: IPFamily, _ transport: TransportProtocol
    ) -> Self {
        let fields = AddressFields(family)
        return .isOf(family) + [
            .load(.transportProtocol), .compare(.equal, Value(network: transport.rawValue)),
            .load(fields.destination),
            .load(.transportProtocol, into: Register(fields.registers)),
            .load(.destinationPort, into: Register(fields.registers + 1)),
            .load(
                conntrack: .destinationPort, side: .original,
                into: Register(fields.registers + 2)),
            .lookup(set),
        ]
    }

    fileprivate static func isItself(_ family: IPFamily) -> Self {
        let fields = AddressFields(family)
        return isOf(family) + [
            .load(fields.source), .load(fields.destination, into: Register(fields.registers)),
            .lookup(PodMap(.itself, family).name),
        ]
    }
}

extension Expression {
    fileprivate static let masquerade = Expression.masquerade(Masquerade())
}

extension CIDR {
    /// The network as a part of a name: nft takes no colons there.
    fileprivate var nameText: String { String("\(self)".map { $0 == ":" ? "_" : $0 }) }
}
