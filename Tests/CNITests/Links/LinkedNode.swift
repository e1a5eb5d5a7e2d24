import JSON
import Netlink
import Network
import Platform
import TestSupport

@testable import CNI

/// A node of the lab with pods, whose links are made by the parts of a plugin.
struct LinkedNode {
    let host: Host
    let lab: Lab

    /// Makes a node and, behind its uplink, the rest of the world.
    init(_ lab: Lab, mtu: UInt32 = 1500) throws {
        self.lab = lab
        host = try lab.host("node")
        let outside = try lab.host("outside")
        try lab.connect(
            host, "up0", ["192.0.2.10/24", "fd00:1::10/64"], outside, "down0",
            ["192.0.2.1/24", "fd00:1::1/64"], mtu: mtu)
        try host.route("default", via: "192.0.2.1")
        try host.route("default", via: "fd00:1::1")
        for network in ["10.244.1.0/24", "fd00:244:1::/64"] {
            let isOld = network.contains(".")
            try outside.route(network, via: isOld ? "192.0.2.10" : "fd00:1::10")
        }
        self.outside = outside
    }

    let outside: Host
}

/// A pod of the lab: its namespace and the call that connects it.
struct LinkedPod {
    let host: Host
    let call: PodCall

    init(
        _ lab: Lab, _ id: String, interface: String = "eth0", network: String = "net",
        arguments: String = ""
    ) throws {
        host = try lab.host(id)
        call = PodCall(
            Attachment(
                network: network, containerID: id,
                interface: try InterfaceName(validating: interface)),
            namespacePath: host.path, arguments: try CallArguments(arguments))
    }
}

extension NetworkConfiguration {
    /// A configuration with these members besides its version and name.
    init(members: String, name: String = "net") throws {
        let rest = members.isEmpty ? "" : ",\(members)"
        let text = #"{"cniVersion":"1.1.0","name":"\#(name)"\#(rest)}"#
        try self.init(try JSONValue(parsing: text.utf8.span))
    }
}

extension NetworkResult {
    /// What IPAM gives: addresses, each with its gateway behind a space, and routes.
    static func given(_ addresses: [String], routes: [Route] = []) throws -> NetworkResult {
        var result = NetworkResult()
        for text in addresses {
            let words = text.split(separator: " ")
            result.addresses.append(
                Address(
                    try CIDR(validating: String(words[0])),
                    gateway: words.count > 1 ? try IPAddress(validating: String(words[1])) : nil))
        }
        result.routes = routes
        return result
    }
}

extension LinkedNode {
    /// Makes a pod's link and gives the result.
    @discardableResult
    func add<Part: PluginPart>(
        _ pod: LinkedPod, _ part: Part.Type, _ configuration: String = "", _ given: NetworkResult
    ) throws -> NetworkResult {
        let part = try Part(NetworkConfiguration(members: configuration))
        return try host.run {
            var result = given
            try part.add(pod.call, to: &result)
            return result
        }
    }

    func remove<Part: PluginPart>(
        _ call: PodCall, _ part: Part.Type, _ configuration: String = ""
    ) throws {
        let configuration = try NetworkConfiguration(members: configuration)
        try host.run { try Part.remove(call, configuration) }
    }

    func check<Part: PluginPart>(
        _ pod: LinkedPod, _ part: Part.Type, _ configuration: String = "", _ result: NetworkResult
    ) throws {
        let part = try Part(NetworkConfiguration(members: configuration))
        try host.run { try part.check(pod.call, result) }
    }

    func collectGarbage<Part: PluginPart>(
        _ part: Part.Type, keeping valid: [LinkedPod], network: String = "net"
    ) throws {
        let configuration = try NetworkConfiguration(members: "", name: network)
        let attachments = Set(valid.map(\.call.attachment))
        try host.run { try Part.collectGarbage(of: configuration, keeping: attachments) }
    }

    /// The names of the links that the plugin made on the node.
    var podLinks: [String] {
        get throws { try host.links.map(\.name).filter { $0.hasPrefix("weft") }.sorted() }
    }
}

extension Host {
    var links: [Link] {
        get throws {
            var socket = try RouteSocket(in: namespace)
            return try socket.list(.links)
        }
    }

    func link(named name: String) throws -> Link? { try links.first { $0.name == name } }
}
