import CMnl
package import Network

/// Which link is meant.
package enum LinkSelector: Hashable, Sendable {
    case index(LinkIndex)
    /// The link's name or one of its alternative names.
    case name(InterfaceName)
}

extension LinkSelector: CustomStringConvertible {
    package var description: String {
        switch self {
        case .index(let index): index.description
        case .name(let name): name.description
        }
    }
}

extension LinkSelector {
    /// The start of a request about this link.
    func header(flags: UInt32 = 0, change: UInt32 = 0) -> ifinfomsg {
        var header = ifinfomsg()
        if case .index(let index) = self { header.ifi_index = index.header }
        header.ifi_flags = flags
        header.ifi_change = change
        return header
    }

    /// Writes the name, where that is what tells the link.
    func write(to writer: inout MessageWriter) {
        if case .name(let name) = self { writer.put(IFLA_IFNAME, string: name.rawValue) }
    }
}
