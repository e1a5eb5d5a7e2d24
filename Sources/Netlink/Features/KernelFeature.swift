package import Platform

/// Something that a kernel may have been built without.
package enum KernelFeature: Hashable, Sendable {
    case links(LinkKind)
    case bridgeVLANFiltering
    /// A queueing discipline, by its name.
    case qdiscs(String)
    /// A classifier, by its name, with the action that hands packets to another link.
    case filters(String)
}

extension KernelFeature {
    /// The error number by which the kernel refuses what needs the feature.
    package var absence: Errno {
        switch self {
        case .links, .bridgeVLANFiltering: .notSupported
        case .qdiscs, .filters: .noSuchEntry
        }
    }

    /// The module that brings it.
    package var module: String {
        switch self {
        // The one kind of link whose module has another name.
        case .links(.vlan): "8021q"
        case .links(let kind): kind.rawValue
        case .bridgeVLANFiltering: "bridge"
        case .qdiscs(let name): "sch_\(Self.builder(of: name))"
        case .filters(let name): "cls_\(name) or act_mirred"
        }
    }

    /// The build option that brings it.
    package var option: String {
        switch self {
        case .links(.vlan): "CONFIG_VLAN_8021Q"
        case .links(let kind): "CONFIG_\(kind.rawValue.uppercased())"
        case .bridgeVLANFiltering: "CONFIG_BRIDGE_VLAN_FILTERING"
        case .qdiscs(let name): "CONFIG_NET_SCH_\(Self.builder(of: name).uppercased())"
        case .filters(let name):
            "CONFIG_NET_CLS_\(name.uppercased()) and CONFIG_NET_ACT_MIRRED"
        }
    }

    /// Both qdiscs for filters come from one module.
    private static func builder(of qdisc: String) -> String {
        qdisc == "clsact" ? "ingress" : qdisc
    }
}

extension KernelFeature: CustomStringConvertible {
    package var description: String {
        switch self {
        case .links(let kind): "\(kind) links"
        case .bridgeVLANFiltering: "VLAN filtering in bridges"
        case .qdiscs(let name): "\(name) qdiscs"
        case .filters(let name): "\(name) filters that redirect"
        }
    }

    /// What to do about its absence, and the kernel's own words.
    func advice(_ text: String) -> String {
        let advice = "no \(self) in this kernel: load module \(module) or build with \(option)"
        return text.isEmpty ? advice : "\(advice) (\(text))"
    }
}
