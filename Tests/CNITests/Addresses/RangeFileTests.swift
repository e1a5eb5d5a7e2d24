import Network
import Platform
import Testing

@testable import CNI

@Suite("The files that ipam names")
struct RangeFileTests {
    @Test("the agent's range file gives sets, routes and an MTU")
    func agent() throws {
        let file = try RangeFile(
            Array(
                #" {"podCIDRs":["10.1.2.0/24","fd00:1::/64"],"mtu":1450,"routes":[{"dst":"10.0.0.0/8"}]}"#
                    .utf8), at: "f")
        #expect(file.podCIDRs.map(\.description) == ["10.1.2.0/24", "fd00:1::/64"])
        #expect(file.mtu == 1450)
        #expect(file.routes.map(\.destination.description) == ["10.0.0.0/8"])
    }

    @Test("flannel's subnet.env gives them too")
    func flannel() throws {
        let file = try RangeFile(
            Array(
                """
                FLANNEL_NETWORK=10.244.0.0/16
                FLANNEL_SUBNET=10.244.3.1/24
                FLANNEL_IPV6_SUBNET=fd00:1::1/64
                FLANNEL_MTU=1450
                FLANNEL_IPMASQ=true

                """.utf8), at: "f")
        #expect(file.podCIDRs.map(\.description) == ["10.244.3.0/24", "fd00:1::/64"])
        #expect(file.mtu == 1450)
    }

    @Test(
        "what is no range file is refused with its place",
        arguments: [
            ("", CNIError.Code.tryAgainLater), ("{}", .tryAgainLater), ("x", .tryAgainLater),
            (#"{"podCIDRs":[]}"#, .tryAgainLater), (#"{"podCIDRs":[""]}"#, .invalidConfiguration),
            (#"{"podCIDRs":["10.1.2.3/24"]}"#, .invalidConfiguration),
            (#"{"podCIDRs":["10.1.2.0/32"]}"#, .invalidConfiguration),
            (#"{"podCIDRs":"10.1.2.0/24"}"#, .invalidConfiguration),
            (#"{"podCIDRs":["10.1.2.0/24"],"mtu":1}"#, .invalidConfiguration),
            ("FLANNEL_SUBNET=x", .invalidConfiguration), ("{", .undecodable),
            ("FLANNEL_SUBNET=10.1.2.1/24\nFLANNEL_MTU=x", .invalidConfiguration),
        ])
    func refused(content: String, code: CNIError.Code) {
        #expect(failure { _ = try RangeFile(Array(content.utf8), at: "f") }?.code == code)
    }

    @Test("ADD takes its addresses from the file, which may change between two calls")
    func add() throws {
        try withNetwork { network throws in
            let path = "\(network.dataDirectory)/ranges.json"
            network.ipam = "\"rangeFile\":\"\(path)\",\"routes\":[{\"dst\":\"0.0.0.0/0\"}]"
            for (name, content, given) in [
                ("a", #"{"podCIDRs":["10.7.0.0/24"]}"#, ["10.7.0.2/24"]),
                ("b", #"{"podCIDRs":["10.8.0.0/24","fd08::/64"]}"#, ["10.8.0.2/24", "fd08::2/64"]),
                ("c", "FLANNEL_SUBNET=10.8.0.1/24\n", ["10.8.0.3/24"]),
            ] {
                let bytes = Array(content.utf8)
                try File.replace(path, with: bytes.span)
                let result = try network.result(name)
                #expect(result.addresses.map(\.address.description) == given)
                #expect(result.routes.count == 1)
            }
            try network.delete("a")
            #expect(try network.leases().keys.sorted() == ["10.8.0.2", "10.8.0.3", "fd08::2"])
            let overlapping = Array(#"{"podCIDRs":["10.8.0.0/24","10.8.0.0/25"]}"#.utf8)
            try File.replace(path, with: overlapping.span)
            #expect(failure { try network.add("d") }?.code == .invalidConfiguration)
        }
    }

    @Test("a resolv.conf's settings go into the result, its comments do not")
    func resolver() throws {
        let dns = NetworkResult.DNS(
            resolverFile: Array(
                """
                # nameserver 192.0.2.1
                ; search x
                nameserver 10.0.0.10
                \tnameserver  fd00::10 trailing
                domain cluster.local
                search a.b  c.d
                options ndots:5 edns0
                nameserver
                sortlist 10.0.0.0
                """.utf8))
        #expect(dns.nameservers == ["10.0.0.10", "fd00::10"])
        #expect(dns.domain == "cluster.local")
        #expect(dns.search == ["a.b", "c.d"])
        #expect(dns.options == ["ndots:5", "edns0"])
    }

    @Test("resolvConf is read for ADD, and one that is missing is an error that names the key")
    func resolverKey() throws {
        try withNetwork { network throws in
            let path = "\(network.dataDirectory)/resolv.conf"
            network.ipam += ",\"resolvConf\":\"\(path)\""
            let error = try #require(failure { try network.add("a") })
            #expect(error.code == .inputOutput)
            #expect(error.message == "ipam.resolvConf cannot be read")
            #expect(error.details.contains(path))
            let content = Array("nameserver 10.0.0.10\n".utf8)
            try File.replace(path, with: content.span)
            #expect(try network.result("a").dns.nameservers == ["10.0.0.10"])
        }
    }
}
