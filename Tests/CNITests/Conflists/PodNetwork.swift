import JSON
import Network
import Platform
import TestSupport
import Testing

@testable import CNI

/// A node on a conflist of `cni-conf/`, and a machine outside that has no route to pods.
struct PodNetwork {
    let lab: Lab
    let outside: Host
    let runtime: Runtime

    /// Of documentation's networks (RFC 5737, RFC 3849).
    static let nodeAddresses = ["192.0.2.1/24", "2001:db8::1/64"]
    static let outsideAddresses = ["192.0.2.2/24", "2001:db8::2/64"]

    var node: Host { runtime.node.host }

    init(_ lab: Lab, in directory: String, conflist: String) throws {
        self.lab = lab
        outside = try lab.host("outside")
        let node = try Node(lab, in: directory)
        try lab.connect(
            node.host, "uplink", Self.nodeAddresses,
            outside, "eth0", Self.outsideAddresses)
        try node.writeRangeFiles()
        runtime = Runtime(
            node: node, list: try NetworkList(file: "\(Self.directory)/\(conflist)"))
    }

    static let directory: String = {
        let source = #filePath.split(separator: "/")
        // Tests/CNITests/Conflists/PodNetwork.swift
        return "/" + source.dropLast(4).joined(separator: "/") + "/cni-conf"
    }()

    /// A pod that has a host port, and limits.
    func publishedPod(_ id: String) throws -> Pod { try Pod(id, lab, capabilities: .published) }

    /// Whether pods' traffic leaves the node as the node's own; else another program sees to that.
    var masquerades: Bool {
        runtime.list.plugins.contains { $0["ipMasq"] == .bool(true) }
    }

    var offersHostPorts: Bool {
        runtime.list.plugins.contains {
            $0["capabilities"]?.object?["portMappings"] == .bool(true)
        }
    }
}

extension Node {
    /// What the programs write from which conflists take the node's ranges.
    fileprivate func writeRangeFiles() throws {
        try write(
            #"{"podCIDRs":["10.244.3.0/24","fd00:10:244:3::/64"],"mtu":1450}"#,
            toRun: "weft/ranges.json")
        try write(
            """
            FLANNEL_NETWORK=10.244.0.0/16
            FLANNEL_SUBNET=10.244.5.1/24
            FLANNEL_IPV6_NETWORK=fd00:10:244::/48
            FLANNEL_IPV6_SUBNET=fd00:10:244:5::1/64
            FLANNEL_MTU=1450
            FLANNEL_IPMASQ=true

            """, toRun: "flannel/subnet.env")
    }
}
