import CMnl
package import Network

/// A link that is to be created, with everything that one message can give it.
package struct NewLink: Hashable, Sendable {
    package var end: End
    package var kind: Kind
    /// The bridge the link becomes a port of; it is of the namespace the request goes to.
    package var master: LinkIndex?

    package init(_ end: End, _ kind: Kind, master: LinkIndex? = nil) {
        self.end = end
        self.kind = kind
        self.master = master
    }
}

extension NewLink {
    /// What kind of link it is, with the settings of that kind.
    package enum Kind: Hashable, Sendable {
        case bridge(Bridge)
        case dummy
        case ifb
        /// A pair of links, of which this is the second one.
        case veth(Peer)
        case vlan(VLAN, over: LinkIndex)
        case vxlan(VXLAN)

        package var name: LinkKind {
            switch self {
            case .bridge: .bridge
            case .dummy: .dummy
            case .ifb: .ifb
            case .veth: .veth
            case .vlan: .vlan
            case .vxlan: .vxlan
            }
        }
    }

    /// A link's own settings; nil leaves the choice to the kernel.
    package struct End: Hashable, Sendable {
        package var name: InterfaceName
        package var address: MACAddress?
        package var mtu: UInt32?
        /// Whether it is switched on as it is made.
        package var isUp: Bool
        /// The namespace it appears in; nil for the one the request goes to.
        package var namespace: NamespaceReference?
        package var group: LinkGroup?
        /// How many packets may wait to be sent.
        package var queueLength: UInt32?
        /// How many queues it has in each direction, where its kind lets one choose.
        ///
        /// The kernel makes a veth's ends with a queue for each processor and takes all but one away
        /// again, which costs more than the rest of them.
        package var queues: UInt32?

        package init(
            _ name: InterfaceName, address: MACAddress? = nil, mtu: UInt32? = nil,
            isUp: Bool = false, in namespace: NamespaceReference? = nil,
            group: LinkGroup? = nil, queueLength: UInt32? = nil, queues: UInt32? = nil
        ) {
            self.name = name
            self.address = address
            self.mtu = mtu
            self.isUp = isUp
            self.namespace = namespace
            self.group = group
            self.queueLength = queueLength
            self.queues = queues
        }
    }

    /// The settings of the second end of a pair.
    ///
    /// The kernel makes it first, when it is connected to nothing yet, and so cannot switch it on
    /// (ENOTCONN): the end that is to be up at once is the pair's first one, wherever it is.
    package struct Peer: Hashable, Sendable {
        let end: End

        package init(
            _ name: InterfaceName, address: MACAddress? = nil, mtu: UInt32? = nil,
            in namespace: NamespaceReference? = nil, group: LinkGroup? = nil,
            queueLength: UInt32? = nil, queues: UInt32? = nil
        ) {
            end = End(
                name, address: address, mtu: mtu, in: namespace, group: group,
                queueLength: queueLength, queues: queues)
        }
    }
}

extension NewLink {
    func write(to writer: inout MessageWriter) {
        end.write(to: &writer)
        if let master { writer.put(IFLA_MASTER, master.rawValue) }
        if case .vlan(_, let lower) = kind { writer.put(IFLA_LINK, lower.rawValue) }
        writer.nest(IFLA_LINKINFO) { writer in
            writer.put(IFLA_INFO_KIND, string: kind.name.rawValue)
            kind.write(to: &writer)
        }
    }
}

extension NewLink.End {
    /// Writes the header and attributes of one end.
    func write(to writer: inout MessageWriter) {
        var header = ifinfomsg()
        if isUp {
            header.ifi_flags = LinkFlags.up.rawValue
            header.ifi_change = LinkFlags.up.rawValue
        }
        writer.putFixed(header)
        writer.put(IFLA_IFNAME, string: name.rawValue)
        if let address { writer.put(IFLA_ADDRESS, address) }
        if let mtu { writer.put(IFLA_MTU, mtu) }
        if let queueLength { writer.put(IFLA_TXQLEN, queueLength) }
        if let group { writer.put(IFLA_GROUP, group.rawValue) }
        if let queues {
            writer.put(IFLA_NUM_TX_QUEUES, queues)
            writer.put(IFLA_NUM_RX_QUEUES, queues)
        }
        if let namespace { writer.put(IFLA_NET_NS_FD, namespace.descriptor) }
    }
}

extension NewLink.Kind {
    fileprivate func write(to writer: inout MessageWriter) {
        switch self {
        case .dummy, .ifb: break
        case .bridge(let bridge): writer.nest(IFLA_INFO_DATA) { bridge.write(to: &$0) }
        case .vlan(let vlan, _): writer.nest(IFLA_INFO_DATA) { vlan.write(to: &$0) }
        case .vxlan(let vxlan): writer.nest(IFLA_INFO_DATA) { vxlan.write(to: &$0) }
        case .veth(let peer):
            // The peer is described as a link of its own, header included, inside an attribute.
            writer.nest(IFLA_INFO_DATA) { writer in
                writer.nest(VETH_INFO_PEER) { peer.end.write(to: &$0) }
            }
        }
    }
}
