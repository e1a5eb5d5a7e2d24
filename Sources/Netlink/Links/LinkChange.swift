import CMnl
package import Network

/// One thing to change about a link; a request holds any number of them.
package enum LinkChange: Hashable, Sendable {
    case up
    case down
    case promiscuous(Bool)
    case mtu(UInt32)
    case address(MACAddress)
    case alias(LinkAlias)
    case group(LinkGroup)
    case queueLength(UInt32)
    case master(LinkIndex)
    /// Leaves the bridge or other link it is a port of.
    case noMaster
    /// How the bridge it is a port of treats it: of an earlier request, not of this one.
    case port(BridgePort)
    /// Settings of a bridge.
    case bridge(Bridge)
    /// Whether the kernel gives it an IPv6 link-local address as soon as it is connected.
    case linkLocalAddress(Bool)
}

extension LinkChange {
    /// The flags that a change sets, and those it touches.
    fileprivate var flags: (set: LinkFlags, touched: LinkFlags) {
        switch self {
        case .up: (.up, .up)
        case .down: ([], .up)
        case .promiscuous(let isOn): (isOn ? .promiscuous : [], .promiscuous)
        default: ([], [])
        }
    }

    fileprivate var needsVLANs: Bool {
        if case .bridge(let bridge) = self { bridge.needsVLANs } else { false }
    }

    fileprivate func write(to writer: inout MessageWriter) {
        switch self {
        case .up, .down, .promiscuous: break
        case .mtu(let mtu): writer.put(IFLA_MTU, mtu)
        case .address(let address): writer.put(IFLA_ADDRESS, address)
        case .alias(let alias): writer.put(IFLA_IFALIAS, string: alias.description)
        case .group(let group): writer.put(IFLA_GROUP, group.rawValue)
        case .queueLength(let length): writer.put(IFLA_TXQLEN, length)
        case .master(let master): writer.put(IFLA_MASTER, master.rawValue)
        case .noMaster: writer.put(IFLA_MASTER, UInt32(0))
        case .port(let port):
            writer.put(IFLA_INFO_SLAVE_KIND, data: IFLA_INFO_SLAVE_DATA) { port.write(to: &$0) }
        case .bridge(let bridge):
            writer.put(IFLA_INFO_KIND, data: IFLA_INFO_DATA) { bridge.write(to: &$0) }
        case .linkLocalAddress(let isWanted):
            let mode = isWanted ? IN6_ADDR_GEN_MODE_EUI64 : IN6_ADDR_GEN_MODE_NONE
            writer.put(addressGeneration: UInt8(truncatingIfNeeded: mode.rawValue))
        }
    }
}

extension MessageWriter {
    /// Writes how IPv6 makes the link's own addresses.
    fileprivate mutating func put(addressGeneration mode: UInt8) {
        nest(IFLA_AF_SPEC) { writer in
            writer.nest(Int(AF_INET6)) { $0.put(IFLA_INET6_ADDR_GEN_MODE, mode) }
        }
    }

    /// Writes settings that only a bridge understands.
    fileprivate mutating func put(
        _ kind: Int, data: Int, _ body: (inout MessageWriter) -> Void
    ) {
        nest(IFLA_LINKINFO) { writer in
            writer.put(kind, string: LinkKind.bridge.rawValue)
            writer.nest(data, body)
        }
    }
}

extension Request {
    /// Changes a link.
    package static func change(_ link: LinkSelector, _ changes: LinkChange...) -> Request {
        change(link, changes)
    }

    package static func change(_ link: LinkSelector, _ changes: [LinkChange]) -> Request {
        var set = LinkFlags()
        var touched = LinkFlags()
        for change in changes {
            set.formUnion(change.flags.set)
            touched.formUnion(change.flags.touched)
        }
        // Not RTM_SETLINK, which passes over a port's and a kind's settings without a word.
        let request = Request("change link", "\(link)", type: RTM_NEWLINK) { writer in
            writer.putFixed(link.header(flags: set.rawValue, change: touched.rawValue))
            link.write(to: &writer)
            for change in changes { change.write(to: &writer) }
        }
        return changes.contains(where: \.needsVLANs)
            ? request.needing(.bridgeVLANFiltering) : request
    }

    /// Gives a link another name.
    package static func rename(_ link: LinkIndex, to name: InterfaceName) -> Request {
        Request("rename link", "\(link) to \(name)", type: RTM_NEWLINK) { writer in
            writer.putFixed(LinkSelector.index(link).header())
            writer.put(IFLA_IFNAME, string: name.rawValue)
        }
    }

    /// Moves a link into another namespace, under another name if one is given.
    package static func move(
        _ link: LinkIndex, to namespace: NamespaceReference, as name: InterfaceName? = nil
    ) -> Request {
        Request("move link", "\(link)", type: RTM_NEWLINK) { writer in
            writer.putFixed(LinkSelector.index(link).header())
            writer.put(IFLA_NET_NS_FD, namespace.descriptor)
            if let name { writer.put(IFLA_IFNAME, string: name.rawValue) }
        }
    }
}
