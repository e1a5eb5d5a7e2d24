package import Network

/// Another configuration in the runtime's directory that keeps Weft's from serving pods.
package struct NodeFileFinding: Hashable, Sendable {
    package let path: String
    package let problem: Problem

    package enum Problem: Hashable, Sendable {
        /// A runtime uses it instead of ours.
        case comesFirst(ours: String)
        /// The same name of a network, by which leases are kept.
        case sameNetwork(String)
        /// Addresses of the node's own pod network.
        case overlapping(CIDR, CIDR)
    }
}

extension NodeFileFinding: CustomStringConvertible {
    package var description: String { "\(text); \(remedy)" }

    var text: String {
        switch problem {
        case .comesFirst(let ours):
            "\(path) comes before \(ours), so the runtime uses it and pods get no address of Weft"
        case .sameNetwork(let name):
            "\(path) calls its network '\(name)' as Weft's does, so both use the same leases"
        case .overlapping(let theirs, let own):
            "\(path) gives addresses of \(theirs), and Weft those of \(own): two pods may get the same"
        }
    }

    var remedy: String {
        switch problem {
        case .comesFirst: "move it away, or give cni.file a name that comes first"
        case .sameNetwork: "give it another name, or move it away"
        case .overlapping: "move it away"
        }
    }
}

extension NodeFileFinding {
    /// What is wrong about the other configurations of a directory.
    static func all(
        _ configurations: [PluginConfiguration], _ settings: NodeFileSettings, own networks: [CIDR]
    ) -> [NodeFileFinding] {
        configurations.filter { $0.file != settings.file }.flatMap { other in
            problems(of: other, settings, networks).map {
                NodeFileFinding(path: "\(settings.directory)/\(other.file)", problem: $0)
            }
        }
    }

    private static func problems(
        of other: PluginConfiguration, _ settings: NodeFileSettings, _ networks: [CIDR]
    ) -> [Problem] {
        var problems: [Problem] = []
        if other.file < settings.file { problems.append(.comesFirst(ours: settings.file)) }
        if let name = other.network, name == Conflist.network {
            problems.append(.sameNetwork(name))
        }
        for subnet in other.subnets {
            if let own = networks.first(where: subnet.overlaps) {
                problems.append(.overlapping(subnet, own))
            }
        }
        return problems
    }
}
