package import Network

/// `bind`: the addresses at which a block's servers listen.
package struct BindOptions: Hashable, Sendable {
    package enum Target: Hashable, Sendable {
        case address(IPAddress)
        /// All addresses that the interface has.
        case interface(InterfaceName)
    }

    package var targets: [Target]
    package var exceptions: [Target] = []

    package init(_ targets: [Target]) { self.targets = targets }

    init(_ directive: Directive) throws(CorefileError) {
        targets = try Self.targets(directive, "bind ADDRESS|INTERFACE …")
        for option in try directive.options() {
            guard option.name == "except" else { throw option.unknownOption(["except"]) }
            exceptions += try Self.targets(option, "except ADDRESS|INTERFACE …")
        }
    }

    private static func targets(
        _ directive: Directive, _ usage: String
    ) throws(CorefileError) -> [Target] {
        var targets: [Target] = []
        for word in try directive.atLeastOne(usage) {
            if let address = IPAddress(word.text) {
                targets.append(.address(address))
            } else if let name = InterfaceName(word.text) {
                targets.append(.interface(name))
            } else {
                throw directive.unsuitable(
                    word, "write an address without a port or zone, or an interface's name")
            }
        }
        return targets
    }
}

extension BindOptions.Target {
    /// Whether two servers would listen at the same address, as far as that can be told.
    func overlaps(_ other: BindOptions.Target) -> Bool {
        if self == other { return true }
        guard case .address(let one) = self, case .address(let two) = other else { return false }
        return one.takesAll(of: two.family) || two.takesAll(of: one.family)
    }
}

extension IPAddress {
    /// `0.0.0.0` stands for all addresses of IPv4, `::` for those of IPv4 too.
    fileprivate func takesAll(of family: IPFamily) -> Bool {
        isUnspecified && (self.family == family || self.family == .v6)
    }
}
