import CNI
import Netlink
import Network

extension Check {
    static let links = [
        Check("rp_filter", "whether tunnels take packets that are answered by another link") {
            $0.tunnels.compactMap($0.reversePath)
        },
        Check("mtu", "sizes of packets in tunnels, on links below them and in pods") {
            $0.tunnelSizes + $0.rangeSize + $0.podSizes
        },
        Check("vxlan", "other links with the tunnels' port") { $0.otherTunnels },
        Check("routes", "others' routes to pods") { $0.otherRoutes },
        Check("bridges", "whether answers of services come back through bridges") { $0.bridges },
    ]
}

extension MachineFacts {
    fileprivate var tunnels: [Link] { links.filter { $0.alias == TunnelPlan.alias } }

    /// The node's ends of pods' links.
    var podLinks: [Link] {
        links.filter { $0.kind == .veth && $0.alias?.hasPrefix(LinkOwner.mark) ?? false }
    }

    /// The kernel goes by the larger of a link's value and that for all; 1 is strict (R11).
    fileprivate func reversePath(_ tunnel: Link) -> Finding? {
        let name = SettingNames.reversePath(tunnel.name)
        let values = [settings[name], settings[SettingNames.reversePath("all")]]
        guard values.compactMap({ $0.flatMap(Int.init) }).max() == 1 else { return nil }
        return .error(
            "\(tunnel.name) drops packets whose answers leave by another link (\(dotted(name)))",
            "sysctl -w \(dotted(name))=2; what sets 1 for new links is in /etc/sysctl.d/")
    }

    fileprivate var tunnelSizes: [Finding] {
        tunnels.compactMap { tunnel in
            guard case .vxlan(let settings) = tunnel.settings, let local = settings.local,
                let index = addresses.first(where: { $0.address.address == local })?.link,
                let below = links.first(where: { $0.index == index })
            else { return nil }
            let room = TunnelPlan.inner(below.mtu, local.family)
            guard tunnel.mtu > room else { return nil }
            return .error(
                "\(tunnel.name) takes packets of \(tunnel.mtu) bytes, and \(below.name) below has "
                    + "room for \(room)",
                "ip link set \(tunnel.name) mtu \(room), or a larger MTU of \(below.name); see that "
                    + "routes.mtu is 0 or at most \(room)")
        }
    }

    fileprivate var rangeSize: [Finding] {
        guard let mtu = rangeFile.document?.mtu, let tunnel = tunnels.min(by: { $0.mtu < $1.mtu }),
            mtu > tunnel.mtu
        else { return [] }
        return [
            .error(
                "\(configuration.cni.rangeFile) gives pods \(mtu) bytes, and \(tunnel.name) takes "
                    + "\(tunnel.mtu)",
                "restart weft agent, which writes the file again; see that routes.mtu is 0")
        ]
    }

    fileprivate var podSizes: [Finding] {
        guard let mtu = rangeFile.document?.mtu else { return [] }
        let large = podLinks.filter { $0.mtu > mtu }
        guard let first = large.first else { return [] }
        return [
            .warning(
                "\(large.count) pods' links take more than the \(mtu) bytes that get to other nodes "
                    + "(\(first.name): \(first.mtu))",
                "restart these pods: they are older than the present size")
        ]
    }

    fileprivate var otherTunnels: [Finding] {
        let (port, id) = (configuration.routes.vxlanPort, configuration.routes.vxlanID)
        return links.compactMap { link in
            guard case .vxlan(let other) = link.settings, link.alias != TunnelPlan.alias,
                Int(other.port.rawValue) == port
            else { return nil }
            let text = "\(link.name) uses the UDP port of Weft's tunnels, \(port)"
            let remedy = "ip link delete \(link.name), or another routes.vxlanPort on all nodes"
            if Int(other.id) == id { return .error("\(text), and their number \(id)", remedy) }
            return .warning("\(text), at which nodes alone are heard", remedy)
        }
    }

    fileprivate var otherRoutes: [Finding] {
        let own = routes.filter { $0.origin == .weft && $0.prefixIsShort }.map(\.destination)
        return routes.filter { route in
            ![.weft, .kernel].contains(route.origin) && route.prefixIsShort
                && own.contains { $0.contains(route.destination) }
        }.map { route in
            .error(
                "a route of somebody else's leads to pods: \(route), protocol \(route.origin.rawValue)",
                "ip route del \(route.destination) proto \(route.origin.rawValue), and stop what made "
                    + "it (flannel, a script, a routing daemon)")
        }
    }

    /// A pod that asks a service whose endpoint is on its own bridge gets the answer past the node,
    /// which cannot translate it back, unless the bridge shows it to the node's rules.
    fileprivate var bridges: [Finding] {
        let masters = Set(podLinks.compactMap(\.master))
        guard !masters.isEmpty, settings[SettingNames.bridgedPackets] != "1" else { return [] }
        let names = links.filter { masters.contains($0.index) }.map(\.name)
        let name = dotted(SettingNames.bridgedPackets)
        return [
            .warning(
                "services do not answer pods that share the bridge \(names.joined(separator: ", ")) "
                    + "with their endpoints (\(name))",
                "modprobe br_netfilter && sysctl -w \(name)=1, or give pods routed links")
        ]
    }
}

extension Route {
    /// Whether it is to more than one address.
    fileprivate var prefixIsShort: Bool { destination.prefixLength < family.bitWidth }
}
