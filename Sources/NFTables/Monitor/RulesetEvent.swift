package import Netlink
package import Platform

/// A change of a namespace's ruleset.
///
/// All changes of one transaction come before the generation it made.
package enum RulesetEvent: Hashable, Sendable {
    /// A table is new, or its flags changed.
    case tableAdded(Table)
    case tableRemoved(TableName)
    /// A chain is new, its policy changed, or the devices that are told were added to it.
    case chainAdded(Chain)
    /// A chain is gone, or devices were taken from it.
    case chainRemoved(ChainName)
    case ruleAdded(InstalledRule)
    case ruleRemoved(InstalledRule)
    /// A set is new, or its times or size changed.
    case setAdded(NamedSet)
    case setRemoved(SetName)
    /// Elements are new, or have another timeout.
    case elementsAdded(Elements)
    case elementsRemoved(Elements)
    /// A transaction took effect.
    case newGeneration(Generation)
    /// The kernel dropped events: what happened is unknown until the ruleset is read again.
    case overrun
    /// A message about something Weft has no value for, by its netlink type.
    case other(UInt16)

    /// Elements of one set.
    package struct Elements: Hashable, Sendable {
        package let set: SetName
        package let list: ElementList
        /// The keys before which intervals of a set with plain keys end.
        package let ends: [Value]

        package init(set: SetName, list: ElementList, ends: [Value] = []) {
            self.set = set
            self.list = list
            self.ends = ends
        }
    }

    /// What the ruleset's changes are counted by, and who made the last one.
    package struct Generation: Hashable, Sendable {
        package let number: UInt32
        package let process: ProcessID
        /// At most fifteen bytes of it.
        package let processName: String
    }
}

/// Listens to the changes of a namespace's ruleset.
///
/// Open it before the ruleset is read for the first time, and register its socket's descriptor in
/// an event loop. A large transaction is many events: reserve a buffer for it, or expect `overrun`.
package typealias RulesetMonitor = Monitor<RulesetEvent>

extension RulesetEvent: Notification {
    package enum Group: UInt32, Sendable {
        /// NFNLGRP_NFTABLES: everything.
        case ruleset = 7
    }

    package static var family: NetlinkSocket.Family { .netfilter }

    package init?(_ message: borrowing Message) throws(NetlinkError) {
        guard let type = MessageType(received: message.type) else {
            self = .other(message.type)
            return
        }
        self = try Self.decode(message, type) ?? .other(message.type)
    }

    private static func decode(
        _ message: borrowing Message, _ type: MessageType
    ) throws(NetlinkError) -> RulesetEvent? {
        switch type {
        case .newTable: try Table(message).map { .tableAdded($0) }
        case .deleteTable, .destroyTable: try TableName(removed: message).map { .tableRemoved($0) }
        case .newChain: try Chain(message).map { .chainAdded($0) }
        case .deleteChain, .destroyChain: try ChainName(removed: message).map { .chainRemoved($0) }
        case .newRule: try InstalledRule(message).map { .ruleAdded($0) }
        case .deleteRule, .destroyRule: try InstalledRule(message).map { .ruleRemoved($0) }
        case .newSet: try NamedSet(message).map { .setAdded($0) }
        case .deleteSet, .destroySet: try SetName(removed: message).map { .setRemoved($0) }
        case .newElements: try Elements(message).map { .elementsAdded($0) }
        case .deleteElements, .destroyElements:
            try Elements(message).map { .elementsRemoved($0) }
        case .newGeneration: .newGeneration(try Generation(message))
        default: nil
        }
    }
}
