import CMnl

/// A filter that hands all packets to another link.
package struct TrafficFilter: Hashable, Sendable {
    package var link: LinkIndex
    package var parent: TrafficHandle
    /// Filters are tried from the lowest; 0 lets the kernel choose.
    package var priority: UInt16
    package var classifier: Classifier
    /// What becomes of the packets; nil for a part of a filter that does nothing by itself.
    package var action: Action?

    /// What chooses the packets.
    package enum Classifier: Hashable, Sendable {
        /// All, by the classifier for that.
        case matchAll
        /// All, by a comparison that is always true: for kernels without `matchAll`.
        case u32
        /// One that this module does not read: "flower".
        case other(String)
    }

    package enum Action: Hashable, Sendable {
        /// Leaves by another link instead.
        case redirect(to: LinkIndex)
        /// A copy leaves by another link.
        case mirror(to: LinkIndex)
    }

    package init(
        _ classifier: Classifier, _ action: Action?, on link: LinkIndex,
        parent: TrafficHandle = .ingressFilters, priority: UInt16 = 1
    ) {
        self.link = link
        self.parent = parent
        self.priority = priority
        self.classifier = classifier
        self.action = action
    }
}

extension TrafficFilter.Classifier {
    package var name: String {
        switch self {
        case .matchAll: "matchall"
        case .u32: "u32"
        case .other(let name): name
        }
    }

    init(_ name: String) {
        switch name {
        case "matchall": self = .matchAll
        case "u32": self = .u32
        default: self = .other(name)
        }
    }
}

extension TrafficFilter: CustomStringConvertible {
    package var description: String { "\(classifier.name) on \(link) at \(parent)" }
}
