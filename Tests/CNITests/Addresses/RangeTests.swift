import Network
import Testing

@testable import CNI

@Suite("ipam's ranges are read as host-local reads them")
struct RangeTests {
    private func sets(_ ipam: String, others: String = "") throws -> [RangeSet] {
        var network = TestNetwork("/nowhere")
        network.ipam = ipam
        network.others = others
        return try AddressSettings(network.configuration()).sets(with: nil)
    }

    private func refusal(_ ipam: String, version: String = "1.1.0") -> CNIError? {
        var network = TestNetwork("/nowhere")
        network.ipam = ipam
        network.version = version
        return failure { _ = try AddressSettings(network.configuration()) }
    }

    @Test(
        "the bounds and the gateway of a subnet",
        arguments: [
            ("10.1.0.0/24", "10.1.0.1-10.1.0.254", "10.1.0.1"),
            ("10.1.2.128/30", "10.1.2.129-10.1.2.130", "10.1.2.129"),
            ("fd00:1::/64", "fd00:1::1-fd00:1::ffff:ffff:ffff:ffff", "fd00:1::1"),
            ("fd00:1::4/126", "fd00:1::5-fd00:1::7", "fd00:1::5"),
        ])
    func defaults(subnet: String, bounds: String, gateway: String) throws {
        for ipam in ["\"subnet\":\"\(subnet)\"", "\"ranges\":[[{\"Subnet\":\"\(subnet)\"}]]"] {
            let range = try #require(try sets(ipam).first?.ranges.first)
            #expect("\(range.bounds)" == bounds)
            #expect("\(range.gateway)" == gateway)
            #expect(!range.assigns(range.gateway))
        }
    }

    @Test("start, end and gateway are taken as they are given, the ends included")
    func explicit() throws {
        let sets = try sets(
            #""subnet":"10.1.0.0/24","rangeStart":"10.1.0.0","rangeEnd":"10.1.0.255","#
                + #""gateway":"10.9.0.1""#)
        let set = try #require(sets.first)
        #expect(set.capacity == 256)
        #expect(set.address(after: nil) == IPAddress("10.1.0.0"))
        #expect(set.address(after: IPAddress("10.1.0.255")) == nil)
    }

    @Test("the runtime's ranges come first, then the old style's, then the list")
    func order() throws {
        let sets = try sets(
            #""subnet":"10.2.0.0/24","ranges":[[{"subnet":"10.3.0.0/24"}],[{"subnet":"fd00::/64"}]]"#,
            others: #""runtimeConfig":{"ipRanges":[[{"subnet":"10.1.0.0/24"}]]}"#)
        #expect(
            sets.map(\.ranges.first?.subnet.description) == [
                "10.1.0.0/24", "10.2.0.0/24", "10.3.0.0/24", "fd00::/64",
            ])
    }

    @Test("C14: go-cni's ipRanges, with its keys and without inner lists")
    func flatRanges() throws {
        let sets = try sets(
            #""ranges":[]"#,
            others:
                #""runtimeConfig":{"ipRanges":[{"Subnet":"10.1.0.0/24","RangeStart":"10.1.0.9","#
                + #""RangeEnd":"","Gateway":null}]}"#)
        #expect(sets.first?.description == "10.1.0.9-10.1.0.254")
    }

    @Test("the ranges of a set follow each other, without gateways and exclusions")
    func walk() throws {
        let set = try #require(
            try sets(
                """
                "ranges":[[{"subnet":"10.1.0.0/29","exclude":["10.1.0.3",{"start":"10.1.0.5","end":"10.1.0.6"}]},
                {"subnet":"10.0.0.0/24","rangeStart":"10.0.0.9","rangeEnd":"10.0.0.11","exclude":["10.0.0.10/31"]}]]
                """
            ).first)
        #expect(Array(set.addresses).map(\.description) == ["10.1.0.2", "10.1.0.4", "10.0.0.9"])
        #expect(set.capacity == 3)
        #expect(set.address(after: IPAddress("10.1.0.5")) == IPAddress("10.0.0.9"))
        #expect(set.address(after: IPAddress("192.0.2.1")) == IPAddress("10.1.0.2"))
    }

    @Test(
        "what cannot be meant is refused, and the place of the key is told",
        arguments: [
            (#""ranges":[]"#, "ipam.ranges", "no ranges"),
            (#""ranges":[[]]"#, "ipam.ranges[0]", "at least one range"),
            (#""ranges":{}"#, "ipam.ranges", "must be a list"),
            (#""ranges":[7]"#, "ipam.ranges[0]", "must be a list"),
            (#""ranges":[[7]]"#, "ipam.ranges[0][0]", "must be an object"),
            (#""ranges":[[{}]]"#, "ipam.ranges[0][0].subnet", "needs its subnet"),
            (#""subnet":"10.1.0.0""#, "ipam.subnet", "10.1.0.0"),
            (#""subnet":"10.1.0.0/33""#, "ipam.subnet", "33"),
            (#""subnet":7"#, "ipam.subnet", "must be a string"),
            (#""subnet":"10.1.0.1/24""#, "ipam.subnet", "the network's address is 10.1.0.0/24"),
            (#""subnet":"10.1.0.0/31""#, "ipam.subnet", "too small"),
            (#""subnet":"10.1.0.1/32""#, "ipam.subnet", "too small"),
            (#""subnet":"fd00::/127""#, "ipam.subnet", "too small"),
            (#""subnet":"10.1.0.0/24","rangeStart":"10.2.0.1""#, "ipam.rangeStart", "10.1.0.0/24"),
            (#""subnet":"10.1.0.0/24","rangeEnd":"fd00::1""#, "ipam.rangeEnd", "10.1.0.0/24"),
            (
                #""subnet":"10.1.0.0/24","rangeStart":"10.1.0.9","rangeEnd":"10.1.0.8""#,
                "ipam.rangeEnd", "lower than rangeStart"
            ),
            (#""subnet":"10.1.0.0/24","gateway":"fd00::1""#, "ipam.gateway", "same family"),
            (#""subnet":"10.1.0.0/24","gateway":"x""#, "ipam.gateway", "x"),
            (#""subnet":"10.1.0.0/24","exclude":"10.1.0.1""#, "ipam.exclude", "must be a list"),
            (
                #""subnet":"10.1.0.0/24","exclude":["x"]"#, "ipam.exclude[0]",
                "an address or a network"
            ),
            (
                #""subnet":"10.1.0.0/24","exclude":[{"start":"10.1.0.3","end":"10.1.0.2"}]"#,
                "ipam.exclude[0]", "start"
            ),
            (#""subnet":"10.1.0.0/24","exclude":["10.0.0.0/8"]"#, "ipam.subnet", "nothing"),
            (
                #""ranges":[[{"subnet":"10.1.0.0/24"},{"subnet":"fd00::/64"}]]"#,
                "ipam.ranges[0]", "one family"
            ),
            (
                #""ranges":[[{"subnet":"10.1.0.0/24"},{"subnet":"10.1.0.0/16"}]]"#,
                "ipam.ranges", "overlap"
            ),
            (
                #""ranges":[[{"subnet":"10.1.0.0/24"}],[{"subnet":"10.1.0.128/25"}]]"#,
                "ipam.ranges", "overlap"
            ),
            (#""subnet":"10.1.0.0/24","restSeconds":-1"#, "ipam.restSeconds", "whole number"),
            (#""subnet":"10.1.0.0/24","dataDir":"leases""#, "ipam.dataDir", "absolute"),
            (#""subnet":"10.1.0.0/24","dataDir":"/a\u0000b""#, "ipam.dataDir", "absolute"),
            (#""subnet":"10.1.0.0/24","routes":[{"dst":"x"}]"#, "ipam.routes[0].dst", "address"),
        ])
    func refusals(ipam: String, place: String, words: String) throws {
        let error = try #require(refusal(ipam))
        #expect(error.code == .invalidConfiguration)
        #expect(error.message == "\(place) is not valid")
        #expect(error.details.contains(words), "\(error)")
    }

    @Test("C19: before 0.3.0 there is one set of each family")
    func oldVersions() throws {
        let two = #""ranges":[[{"subnet":"10.1.0.0/24"}],[{"subnet":"10.2.0.0/24"}]]"#
        let dual = #""ranges":[[{"subnet":"10.1.0.0/24"}],[{"subnet":"fd00::/64"}]]"#
        #expect(refusal(two, version: "0.2.0")?.code == .invalidConfiguration)
        #expect(refusal(two, version: "0.3.0") == nil)
        #expect(refusal(dual, version: "0.1.0") == nil)
    }
}
