import JSON
import Network
import Testing

@testable import CNI

@Suite("Results are written and read in every version")
struct NetworkResultTests {
    /// A dual-stack pod behind a bridge, with everything a result can carry.
    private static func pod() throws -> NetworkResult {
        var result = NetworkResult()
        result.interfaces = [
            .init("cni0", mac: "02:00:00:00:00:01", mtu: 1450),
            .init("eth0", mac: "02:00:00:00:00:02", mtu: 1450, sandbox: "/run/netns/c1"),
        ]
        result.addresses = [
            .init(try #require(CIDR("10.1.0.5/16")), gateway: IPAddress("10.1.0.1"), interface: 1),
            .init(try #require(CIDR("fd00::5/64")), interface: 0),
        ]
        var route = NetworkResult.Route(try #require(CIDR("10.2.0.0/16")))
        route.mtu = 1400
        route.advertisedMSS = 1360
        route.priority = 7
        route.table = 100
        route.scope = 253
        result.routes = [.init(try #require(CIDR("0.0.0.0/0")), via: IPAddress("10.1.0.1")), route]
        result.dns.nameservers = ["10.1.0.1"]
        result.dns.domain = "example.com"
        return result
    }

    private static let dns = #""dns":{"nameservers":["10.1.0.1"],"domain":"example.com"}"#

    @Test("C19, C21: 1.1.0 has everything, and host bits and index 0 are kept")
    func newest() throws {
        let text = try Self.pod().document(in: .v110).text
        #expect(
            text == #"{"cniVersion":"1.1.0","interfaces":["#
                + #"{"name":"cni0","mac":"02:00:00:00:00:01","mtu":1450},"#
                + #"{"name":"eth0","mac":"02:00:00:00:00:02","mtu":1450,"#
                + #""sandbox":"/run/netns/c1"}],"#
                + #""ips":[{"interface":1,"address":"10.1.0.5/16","gateway":"10.1.0.1"},"#
                + #"{"interface":0,"address":"fd00::5/64"}],"#
                + #""routes":[{"dst":"0.0.0.0/0","gw":"10.1.0.1"},"#
                + #"{"dst":"10.2.0.0/16","mtu":1400,"advmss":1360,"priority":7,"table":100,"#
                + "\"scope\":253}],\(Self.dns)}")
    }

    @Test("C19: 1.0.0 has neither MTU nor the numbers of routes")
    func stable() throws {
        let text = try Self.pod().document(in: .v100).text
        #expect(
            !text.contains("mtu") && !text.contains("advmss") && !text.contains("version\":\"4"))
    }

    @Test(
        "C19: 0.3.0 to 0.4.0 name the family of each address, and always have dns",
        arguments: [ProtocolVersion.v030, .v031, .v040])
    func middle(version: ProtocolVersion) throws {
        var result = try Self.pod()
        result.dns = .init()
        let text = try result.document(in: version).text
        #expect(text.contains(#"{"version":"4","interface":1,"address":"10.1.0.5/16""#))
        #expect(text.contains(#"{"version":"6","interface":0,"address":"fd00::5/64"}"#))
        #expect(text.hasSuffix(#","dns":{}}"#))
        #expect(!text.contains("mtu"))
        #expect(try !result.document(in: .v100).text.contains("dns"))
    }

    @Test(
        "C19: 0.1.0 and 0.2.0 have one address of each family",
        arguments: [ProtocolVersion.v010, .v020])
    func oldest(version: ProtocolVersion) throws {
        let text = try Self.pod().document(in: version).text
        #expect(
            text == "{\"cniVersion\":\"\(version.rawValue)\","
                + #""ip4":{"ip":"10.1.0.5/16","gateway":"10.1.0.1","#
                + #""routes":[{"dst":"0.0.0.0/0","gw":"10.1.0.1"},{"dst":"10.2.0.0/16"}]},"#
                + "\"ip6\":{\"ip\":\"fd00::5/64\"},\(Self.dns)}")
    }

    @Test("C19: a result without address has no form before 0.3.0")
    func withoutAddress() throws {
        #expect(throws: CNIError.self) { try NetworkResult().document(in: .v020) }
        #expect(
            try NetworkResult().document(in: .v110).text == #"{"cniVersion":"1.1.0"}"#)
    }

    @Test("C22: what is written is read back", arguments: ProtocolVersion.allCases)
    func roundTrip(version: ProtocolVersion) throws {
        let document = try Self.pod().document(in: version)
        let result = try NetworkResult(document, in: .newest, at: "prevResult")
        #expect(try result.document(in: version) == document)
        if version == .newest { #expect(try result == Self.pod()) }
    }

    @Test("C20, C22: a result without version is in the configuration's; null is an empty one")
    func unstated() throws {
        let old = try JSONValue(
            parsing: #"{"ip4":{"ip":"10.1.0.5/16"},"dns":null}"#.utf8.span)
        #expect(try NetworkResult(old, in: .v020, at: "").addresses.count == 1)
        #expect(try NetworkResult(old, in: .v100, at: "").addresses.isEmpty)
        #expect(try NetworkResult(.null, in: .v100, at: "") == NetworkResult())
    }

    @Test(
        "C20: what cannot be meant is refused by its place",
        arguments: [
            (#"{"ips":[{"address":"10.1.0.5/16"},{}]}"#, "prevResult.ips[1].address"),
            (#"{"ips":[{"address":"10.1.0.5"}]}"#, "prevResult.ips[0].address"),
            (#"{"ips":[{"address":"10.1.0.5/16","interface":0}]}"#, "prevResult.ips[0].interface"),
            (
                #"{"interfaces":[{"name":"a"}],"ips":[{"address":"10.1.0.5/16","interface":1}]}"#,
                "prevResult.ips[0].interface"
            ),
            (#"{"ips":{}}"#, "prevResult.ips"),
            (#"{"routes":[{"dst":"default"}]}"#, "prevResult.routes[0].dst"),
            (#"{"routes":[{"dst":"::/0","gw":"10.1.0.1"}]}"#, "prevResult.routes[0].gw"),
            (#"{"interfaces":[7]}"#, "prevResult.interfaces[0]"),
            (#"{"dns":{"nameservers":[{}]}}"#, "prevResult.dns.nameservers[0]"),
            (#"[]"#, "prevResult"),
        ])
    func impossible(text: String, place: String) throws {
        let document = try JSONValue(parsing: text.utf8.span)
        let error = #expect(throws: CNIError.self) {
            try NetworkResult(document, in: .newest, at: "prevResult")
        }
        #expect(error?.message == "\(place) is not valid")
    }

    @Test("C14, C15: keys of any case, empty strings and null are what Go makes of them")
    func tolerant() throws {
        let document = try JSONValue(
            parsing: #"""
                {"CNIVersion":"1.0.0","IPs":[{"Address":"10.1.0.5/16","Gateway":""}],
                "DNS":{"Servers":["10.1.0.1"],"Searches":null,"Options":["ndots:5"]},"new":{}}
                """#.utf8.span)
        let result = try NetworkResult(document, in: .v010, at: "")
        #expect(result.addresses.first?.gateway == nil)
        #expect(result.dns.nameservers == ["10.1.0.1"])
        #expect(result.dns.options == ["ndots:5"])
    }
}
