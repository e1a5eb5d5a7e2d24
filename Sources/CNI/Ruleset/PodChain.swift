import NFTables
import Network

/// A chain that elements lead to: its contents depend on a subnet, never on a pod.
struct PodChain: Hashable, Sendable {
    let contents: ChainContents

    var name: String { contents.name }
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
                name,
                inside.map { .isIn($0, \.destination) + [.return] }
                    + [.isOf(family) + [.masquerade]]))
    }

    private static let outsidePrefix = "outside-"

    /// The subnet in the name of such a chain.
    static func subnet(outside name: String) -> CIDR? {
        guard name.hasPrefix(outsidePrefix) else { return nil }
        let text = name.dropFirst(outsidePrefix.count).prefix { $0 != "-" }
        return CIDR(String(text.map { $0 == "_" ? ":" : $0 }))
    }

    /// Replaces the source of what would otherwise be answered past the node.
    static func inside(_ subnet: CIDR) -> PodChain {
        let own: [[Expression]] =
            subnet.isSingleAddress
            ? [.isItself(subnet.family)] : [.isIn(subnet.network, \.source)]
        let loopback: [[Expression]] = subnet.family == .v4 ? [.isIn(.loopback, \.source)] : []
        let name = subnet.isSingleAddress ? subnet.family.word : subnet.network.nameText
        return PodChain(
            contents: ChainContents("inside-" + name, (loopback + own).map { $0 + [.masquerade] }))
    }

    /// Replaces every source.
    static let everyone = PodChain(contents: ChainContents("everyone", [[.masquerade]]))
}

extension [Expression] {
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
