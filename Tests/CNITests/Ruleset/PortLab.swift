import JSON
import Network
import Platform
import TestSupport
import Testing

@testable import CNI

/// A node with pods on a bridge, and a machine outside that knows no way to the pods.
struct PortLab {
    let lab: Lab
    let node: Host
    let outside: Host

    static let nodeAddresses = ["192.0.2.1", "2001:db8::1"]

    init(_ lab: Lab) throws {
        self.lab = lab
        node = try lab.host("node")
        outside = try lab.host("outside")
        try node.forward()
        try lab.connect(
            node, "wan0", Self.nodeAddresses.map { $0 + ($0.contains(":") ? "/64" : "/24") },
            outside, "eth0", ["192.0.2.2/24", "2001:db8::2/64"])
        try node.ip("link add cni0 type bridge")
        try node.ip("link set cni0 up")
        try node.ip("addr add 10.1.0.1/16 dev cni0")
        try node.ip("addr add fd00:10:1::1/64 dev cni0 nodad")
    }

    /// A pod on the bridge, which lets a packet out by the port it came in by.
    func pod(_ number: Int, network: String = "pods") throws -> PortPod {
        let host = try lab.host("pod\(number)")
        let addresses = ["10.1.0.\(number + 1)/16", "fd00:10:1::\(number + 1)/64"]
        try lab.connect(node, "veth\(number)", [], host, "eth0", addresses)
        try node.ip("link set veth\(number) master cni0")
        try node.ip("link set veth\(number) type bridge_slave hairpin on")
        try host.route("default", via: "10.1.0.1")
        try host.route("default", via: "fd00:10:1::1")
        return try PortPod("c\(number)", network: network, addresses, host: host)
    }

    /// A pod on a link of its own, without a bridge.
    func routedPod(_ number: Int) throws -> PortPod {
        let host = try lab.host("pod\(number)")
        let addresses = ["10.2.0.\(number + 1)/32", "fd00:10:2::\(number + 1)/128"]
        try lab.connect(
            node, "link\(number)", ["169.254.1.1/32", "fe80::1/64"], host, "eth0", addresses)
        for (gateway, address) in zip(["169.254.1.1", "fe80::1"], addresses) {
            try node.ip("route add \(address) dev link\(number)")
            let family = address.contains(":") ? "-6 " : ""
            try host.ip("\(family)route add \(gateway) dev eth0")
            try host.ip("\(family)route add default via \(gateway) dev eth0 onlink")
        }
        return try PortPod("c\(number)", addresses, host: host)
    }
}

/// A container as a plugin's parts see it.
struct PortPod {
    let host: Host?
    let call: PodCall
    let result: NetworkResult
    let addresses: [CIDR]

    init(
        _ container: String, network: String = "pods", interface: String = "eth0",
        _ addresses: [String], host: Host? = nil
    ) throws {
        self.host = host
        self.addresses = try addresses.map { try CIDR(validating: $0) }
        call = PodCall(
            Attachment(
                network: network, containerID: container,
                interface: try InterfaceName(validating: interface)),
            namespacePath: host?.path)
        var result = NetworkResult()
        result.interfaces = [
            .init("cni0"), .init("veth"),
            .init(interface, sandbox: host?.path ?? "/run/netns/\(container)"),
        ]
        result.addresses = self.addresses.map { .init($0, interface: 2) }
        self.result = result
    }

    typealias Attachment = CNI.Attachment

    var owner: String { call.attachment.owner }

    func address(_ family: IPFamily) throws -> IPAddress {
        try #require(addresses.first { $0.family == family }).address
    }
}

extension NetworkConfiguration {
    /// A configuration of the network "pods" with these keys.
    init(_ keys: String, network: String = "pods") throws {
        let comma = keys.isEmpty ? "" : ","
        let head = #"{"cniVersion": "1.1.0", "name": "\#(network)", "type": "test""#
        try self.init(JSONValue(parsing: "\(head)\(comma) \(keys)}".utf8.span))
    }

    /// A configuration with port mappings, each as JSON.
    static func publishing(_ mappings: String..., keys: String = "") throws -> Self {
        let comma = keys.isEmpty ? "" : ","
        return try .init(
            #""runtimeConfig": {"portMappings": [\#(mappings.joined(separator: ", "))]}"#
                + comma + keys)
    }
}

extension Host {
    func add(_ part: some PluginPart, for pod: PortPod) throws {
        var result = pod.result
        try run { try part.add(pod.call, to: &result) }
    }

    func check(_ part: some PluginPart, for pod: PortPod) throws {
        try run { try part.check(pod.call, pod.result) }
    }

    func remove<Part: PluginPart>(_: Part.Type, for pod: PortPod) throws {
        try run { try Part.remove(pod.call, NetworkConfiguration("")) }
    }

    var ruleset: String { get throws { try nft("list ruleset\n") } }
}
