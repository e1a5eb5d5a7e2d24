package import Network

/// A rule that says which table a packet's route is looked up in.
package struct RoutingRule: Hashable, Sendable {
    package var family: IPFamily
    /// Rules are tried from the lowest; 0 is taken by the local table's.
    package var priority: UInt32
    package var action: Action
    package var source: CIDR?
    package var destination: CIDR?
    package var mark: Mark?
    /// The name of the link the packet came by; it need not exist.
    package var input: InterfaceName?
    /// The name of the link the sender is bound to.
    package var output: InterfaceName?
    /// Who made it.
    package var origin: RouteProtocol
    /// Whether the rule is for all packets but those that match.
    package var isInverted: Bool
    /// Routes whose prefix is no longer than this are passed over.
    package var suppressedPrefixLength: UInt32?

    package init(
        _ family: IPFamily, priority: UInt32, _ action: Action, from source: CIDR? = nil,
        to destination: CIDR? = nil, mark: Mark? = nil, input: InterfaceName? = nil,
        output: InterfaceName? = nil, origin: RouteProtocol = .static, isInverted: Bool = false,
        suppressedPrefixLength: UInt32? = nil
    ) {
        self.family = family
        self.priority = priority
        self.action = action
        self.source = source
        self.destination = destination
        self.mark = mark
        self.input = input
        self.output = output
        self.origin = origin
        self.isInverted = isInverted
        self.suppressedPrefixLength = suppressedPrefixLength
    }
}

extension RoutingRule {
    /// What happens to a packet that matches.
    package enum Action: Hashable, Sendable {
        case lookUp(RouteTable)
        /// Continues at the rule of that priority.
        case jump(UInt32)
        case nothing
        case blackhole
        case unreachable
        case prohibit
        /// One that this module has no name for.
        case other(UInt8)
    }

    /// The packet mark, in the bits of the mask.
    package struct Mark: Hashable, Sendable {
        package var value: UInt32
        package var mask: UInt32

        package init(_ value: UInt32, mask: UInt32 = .max) {
            self.value = value
            self.mask = mask
        }
    }
}

extension RoutingRule: CustomStringConvertible {
    /// The rule in the words of `ip rule`, for errors.
    package var description: String {
        var text = "\(priority):"
        if let source { text += " from \(source)" }
        if let destination { text += " to \(destination)" }
        if let mark { text += " mark \(mark.value)/\(mark.mask)" }
        return text
    }
}
