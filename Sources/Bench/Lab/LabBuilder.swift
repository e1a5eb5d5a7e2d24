import Netlink
import Network
import Platform
import Topology

/// Puts a lab together.
struct LabBuilder {
    let place: Place

    struct Parts {
        let client: Host
        let outside: Host
        let nodes: [Host]
        let servers: [Host]
    }

    func parts(endpoints: Int) throws -> Parts {
        let nodes = try (1...place.serverNode).map { number in
            let node = try Host("node-\(number)")
            try node.forward()
            try forgetConnections(on: node)
            return node
        }
        let mtu = try nodes.count > 1 ? join(nodes) : LabPod.usualMTU
        let servers = try (0..<endpoints).map { number in
            let addresses = IPFamily.allCases.map { PathLab.endpoint(number, place, $0) }
            return try LabPod("server-\(number)", addresses).attach(
                to: nodes[place.serverNode - 1], mtu: mtu)
        }
        let client = try LabPod("client", IPFamily.allCases.flatMap(PathLab.clients)).attach(
            to: nodes[0], mtu: mtu)
        let outside = try self.outside(of: nodes)
        for host in nodes + servers + [client, outside] { try host.awaitLocalRoutes() }
        return Parts(client: client, outside: outside, nodes: nodes, servers: servers)
    }

    /// Lets connections that were reset be forgotten soon.
    ///
    /// At tens of thousands a second, those of the usual ten seconds are more than the kernel's table
    /// holds. Where connections cannot be tracked, there is no such setting.
    private func forgetConnections(on node: Host) throws {
        try node.run {
            let setting = Sysctl("net.netfilter.nf_conntrack_tcp_timeout_close")
            if try File.status(setting.path) != nil { try setting.write("3") }
        }
    }

    private func outside(of nodes: [Host]) throws -> Host {
        let outside = try Host("outside")
        let network = LabNetwork.outside
        let wire = try Wire(
            Wire.End(
                outside, "eth0",
                IPFamily.allCases.flatMap(PathLab.outsideClients).compactMap(network.host)),
            Wire.End(nodes[0], "outside", network.hosts(1)))
        try wire.introduce()
        try outside.change(
            IPFamily.allCases.map {
                .add(Route(CIDR(allOf: $0), via: network.address(1, $0)))
            })
        // What comes from outside to a pod of another node is answered by the way it came.
        for node in nodes.dropFirst() {
            try node.change(
                IPFamily.allCases.compactMap { family in
                    network.network(family).map {
                        .add(Route($0, via: LabNetwork.nodes.address(1, family)))
                    }
                })
        }
        return outside
    }

    /// Joins two nodes by a wire, and has the agent's own part lead to the pods of each.
    ///
    /// The answer is how large the pods' packets may be.
    private func join(_ nodes: [Host]) throws -> UInt32 {
        let network = LabNetwork.nodes
        let wire = try Wire(
            Wire.End(nodes[0], "eth0", network.hosts(1)),
            Wire.End(nodes[1], "eth0", network.hosts(2)))
        try wire.introduce()
        for node in nodes { try node.awaitLocalRoutes() }
        let sizes = try (1...2).map { number in
            try NodeRoutes(of: number, place).make(on: nodes[number - 1])
        }
        return sizes.min() ?? LabPod.usualMTU
    }
}

extension LabNetwork {
    /// An address of each family, as a link has it.
    fileprivate func hosts(_ number: Int) -> [CIDR] {
        IPFamily.allCases.compactMap { host(address(number, $0)) }
    }
}
