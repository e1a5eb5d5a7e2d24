import Kubernetes
import Network
import Testing

@testable import Proxy

@Suite struct `The own node` {
    private func node(_ json: String) throws -> Node {
        try ObjectFormat.json.decode(Node.self, json.utf8.span, SharingPool())
    }

    private func addresses(_ pairs: (String, String)...) throws -> [IPFamily: IPAddress] {
        let list = pairs.map { #"{"type":"\#($0)","address":"\#($1)"}"# }.joined(separator: ",")
        let node = try node(#"{"metadata":{"name":"n1"},"status":{"addresses":[\#(list)]}}"#)
        return NodeFacts(of: node).addresses
    }

    @Test func `S115 its address in a family is the first internal one, else an external one`()
        throws
    {
        let four = try #require(IPAddress("192.0.2.1"))
        let six = try #require(IPAddress("2001:db8::1"))
        #expect(try addresses() == [:])
        #expect(try addresses(("Hostname", "n1"), ("InternalDNS", "192.0.2.9")) == [:])
        #expect(
            try addresses(
                ("ExternalIP", "192.0.2.7"), ("InternalIP", "n1"), ("InternalIP", "192.0.2.1"),
                ("InternalIP", "192.0.2.2")) == [.v4: four])
        #expect(
            try addresses(("ExternalIP", "2001:db8::1"), ("InternalIP", "192.000.2.1"))
                == [.v4: four, .v6: six])
    }

    @Test func `S72 its pods' networks are those of its family`() throws {
        let facts = NodeFacts(
            of: try node(
                #"{"metadata":{"name":"n1"},"spec":{"podCIDR":"10.1.0.0/24","#
                    + #""podCIDRs":["10.1.0.0/24","fd00:1::/64","x"]}}"#))
        #expect(facts.podNetworks(of: .v4) == [CIDR("10.1.0.0/24")].compactMap(\.self))
        #expect(facts.podNetworks(of: .v6) == [CIDR("fd00:1::/64")].compactMap(\.self))
    }

    @Test(
        arguments: [
            (#"{"metadata":{"name":"n1"}}"#, true),
            (#"{"metadata":{"name":"n1","deletionTimestamp":"2026-01-01T00:00:00Z"}}"#, false),
            (
                #"{"metadata":{"name":"n1"},"spec":{"taints":[{"key":"a","effect":"NoSchedule"},"#
                    + #"{"key":"ToBeDeletedByClusterAutoscaler","effect":"NoSchedule"}]}}"#, false
            ),
            (#"{"metadata":{"name":"n1"},"spec":{"taints":[{"key":"a"}]}}"#, true),
            (#"{"metadata":{"name":"n1"},"spec":{"unschedulable":true}}"#, true),
            (#"{"metadata":{"name":"n2"}}"#, false),
        ])
    func `S132 traffic may come unless it is absent or about to go`(
        json: String, isEligible: Bool
    ) throws {
        var writer = StoreWriter()
        writer.put(try node(json))
        #expect(NodeFacts(name: "n1", in: snapshot(of: &writer)).isEligible == isEligible)
    }

    @Test func `S3 S30 its zone is what its label says, and none before the node is known`() throws
    {
        var writer = StoreWriter()
        writer.put(
            try node(
                #"{"metadata":{"name":"n1","labels":{"topology.kubernetes.io/zone":"z1"}}}"#))
        writer.put(try node(#"{"metadata":{"name":"n2"}}"#))
        let snapshot = snapshot(of: &writer)
        #expect(NodeView(name: "n1", in: snapshot) == NodeView(name: "n1", zone: "z1"))
        #expect(NodeView(name: "n2", in: snapshot) == NodeView(name: "n2", zone: ""))
        #expect(NodeView(name: "n3", in: snapshot) == NodeView(name: "n3", zone: ""))
    }

    @Test func `S4 services' networks are those of all objects, each once`() {
        var writer = StoreWriter()
        for (name, cidrs) in [
            ("kubernetes", ["10.96.0.0/16", "fd00:96::/108"]),
            ("more", ["10.98.0.0/16", "fd00:97::/108"]), ("within", ["10.96.8.0/24"]),
        ] {
            var network = ServiceCIDR()
            network.metadata.name = name
            network.spec.cidrs = cidrs
            writer.put(network)
        }
        let snapshot = snapshot(of: &writer)
        #expect(
            snapshot.serviceNetworks(of: .v4)
                == ["10.96.0.0/16", "10.98.0.0/16"].compactMap { CIDR($0) })
        #expect(
            snapshot.serviceNetworks(of: .v6)
                == ["fd00:96::/108", "fd00:97::/108"].compactMap { CIDR($0) })
    }

    private func snapshot(of writer: inout StoreWriter) -> Snapshot {
        writer.publish()
        return writer.store.snapshot
    }
}
