import Network
import Platform
import TestSupport
import Testing

@testable import Agent
@testable import CNI

/// Something wrong with a node, and what the doctor must say of it.
struct PlantedFault: Sendable, CustomTestStringConvertible {
    let name: String
    let check: String
    /// A part of the remedy.
    let remedy: String
    let plant: @Sendable (DoctorLab) throws -> Void

    init(
        _ name: String, _ check: String, _ remedy: String,
        plant: @escaping @Sendable (DoctorLab) throws -> Void
    ) {
        (self.name, self.check, self.remedy, self.plant) = (name, check, remedy, plant)
    }

    var testDescription: String { name }

    static let all = network + rules + files + pods + services
}

extension PlantedFault {
    static func setting(_ name: String, _ value: String) -> @Sendable (DoctorLab) throws -> Void {
        { lab in try lab.node.run { try Sysctl(name).write(value) } }
    }

    static func ip(_ lines: String...) -> @Sendable (DoctorLab) throws -> Void {
        { lab in for line in lines { try lab.node.ip(line) } }
    }

    static func nft(_ ruleset: String) -> @Sendable (DoctorLab) throws -> Void {
        { lab in try lab.node.nft(ruleset + "\n") }
    }

    private static let network = [
        PlantedFault(
            "no forwarding", "forwarding", "sysctl -w net.ipv4.ip_forward=1",
            plant: setting("net/ipv4/ip_forward", "0")),
        PlantedFault(
            "no forwarding of IPv6", "forwarding", "sysctl -w net.ipv6.conf.all.forwarding=1",
            plant: setting("net/ipv6/conf/all/forwarding", "0")),
        PlantedFault(
            "a tunnel that looks where packets come from", "rp_filter",
            "sysctl -w net.ipv4.conf.weft/vxlan.rp_filter=2",
            plant: setting("net/ipv4/conf/weft.vxlan/rp_filter", "1")),
        PlantedFault(
            "a link below the tunnel that became smaller", "mtu", "ip link set weft.vxlan mtu 1350",
            plant: ip("link set eth0 mtu 1400")),
        PlantedFault(
            "a range file with a size that no tunnel takes", "mtu", "restart weft agent",
            plant: { lab in
                let ranges = RangeDocument(networks: [], mtu: 9000)
                try lab.put(ranges.text, lab.settings.configuration.cni.rangeFile)
            }),
        PlantedFault(
            "a pod that is older than the size", "mtu", "restart these pods",
            plant: { lab in try lab.node.ip("link set \(lab.pod.link) mtu 1500") }),
        PlantedFault(
            "a tunnel of others at the same port", "vxlan", "another routes.vxlanPort",
            plant: ip(
                "link add docker0v type vxlan id 4097 dstport 4789 local 192.0.2.1 nolearning")),
        PlantedFault(
            "a route of flannel's", "routes", "ip route del 10.244.2.0/24 proto 4",
            plant: ip("route add 10.244.2.0/24 via 192.0.2.2 proto static metric 50")),
        PlantedFault(
            "pods on a bridge that the rules do not see", "bridges", "modprobe br_netfilter",
            plant: { lab in
                try lab.node.ip("link add cni0 type bridge")
                try lab.node.ip("link set \(lab.pod.link) master cni0")
                // Where the module is not loaded there is no such setting.
                try lab.node.run { try? Sysctl(SettingNames.bridgedPackets).write("0") }
            }),
    ]

    private static let rules = [
        PlantedFault(
            "kube-proxy with nftables", "proxies", "kube-proxy --cleanup",
            plant: nft("table ip kube-proxy {\n}")),
        PlantedFault(
            "kube-proxy with iptables", "proxies", "kube-proxy --cleanup",
            plant: nft("table ip nat {\nchain KUBE-SERVICES {\n}\n}")),
        PlantedFault(
            "flannel's link", "networks", "ip link delete NAME",
            plant: ip("link add flannel.1 type vxlan id 1 dstport 8472 local 192.0.2.1")),
        PlantedFault(
            "Calico's rules", "networks", "remove its DaemonSet",
            plant: nft("table ip filter {\nchain cali-FORWARD {\n}\n}")),
        PlantedFault(
            "docker's firewall", "firewalls", "iptables -I DOCKER-USER",
            plant: nft(
                "table ip filter {\nchain DOCKER {\n}\nchain FORWARD {\n"
                    + "type filter hook forward priority 0; policy drop;\n}\n}")),
    ]
}
