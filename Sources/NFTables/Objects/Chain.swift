/// A chain's full name.
package struct ChainName: Hashable, Sendable, CustomStringConvertible {
    package let table: TableName
    package let name: String

    package init(_ table: TableName, _ name: String) {
        self.table = table
        self.name = name
    }

    package var description: String { "\(table) \(name)" }
}

/// A list of rules: where packets enter if it has a base, else reached by jump or goto.
package struct Chain: Hashable, Sendable {
    package var name: ChainName
    package var base: Base?
    package var comment: String?

    package init(_ name: ChainName, base: Base? = nil, comment: String? = nil) {
        self.name = name
        self.base = base
        self.comment = comment
    }
}

extension Chain {
    /// How a base chain is attached to the packet path.
    package struct Base: Hashable, Sendable {
        package var kind: Kind
        package var hook: Hook
        package var priority: Int32
        package var policy: Policy
        /// The interfaces of a netdev chain, or the one of an inet ingress chain.
        package var devices: [String]

        package init(
            _ kind: Kind, _ hook: Hook, priority: Int32, policy: Policy = .accept,
            devices: [String] = []
        ) {
            self.kind = kind
            self.hook = hook
            self.priority = priority
            self.policy = policy
            self.devices = devices
        }
    }

    package enum Kind: String, Sendable {
        case filter
        case nat
        case route
    }

    package enum Hook: String, Sendable {
        case prerouting
        case input
        case forward
        case output
        case postrouting
        case ingress
        case egress
    }

    package enum Policy: UInt32, Sendable {
        case drop = 0
        case accept = 1
    }
}

extension Chain.Base {
    /// The priorities nft has words for, in the families that have IP hooks.
    package enum Priority {
        package static let raw: Int32 = -300
        package static let mangle: Int32 = -150
        package static let destinationNAT: Int32 = -100
        package static let filter: Int32 = 0
        package static let security: Int32 = 50
        package static let sourceNAT: Int32 = 100
    }
}

extension Chain.Hook {
    /// The kernel's number of the hook, which depends on the family.
    func number(in family: Family) -> UInt32? {
        switch family {
        case .netdev: [.ingress: 0, .egress: 1][self]
        case .arp: [.input: 0, .output: 1][self]
        case .inet: Self.ipHooks[self] ?? (self == .ingress ? Self.inetIngress : nil)
        case .ip, .ip6, .bridge: Self.ipHooks[self]
        }
    }

    init?(number: UInt32, in family: Family) {
        let all: [Chain.Hook] = [
            .prerouting, .input, .forward, .output, .postrouting, .ingress, .egress,
        ]
        guard let hook = all.first(where: { $0.number(in: family) == number }) else { return nil }
        self = hook
    }

    private static let ipHooks: [Chain.Hook: UInt32] = [
        .prerouting: 0, .input: 1, .forward: 2, .output: 3, .postrouting: 4,
    ]
    /// NF_INET_INGRESS.
    private static let inetIngress: UInt32 = 5
}
