import JSON
import Netlink
import Testing

@testable import CNI

@Suite("Bandwidth limits")
struct BandwidthLimitsTests {
    private func limits(_ keys: String) throws -> BandwidthLimits {
        let document = try JSONValue(parsing: "{\"name\":\"pods\",\(keys)}".utf8.span)
        return try BandwidthLimits(NetworkConfiguration(document))
    }

    @Test("C14, C35: the runtime's limits count, whatever the case of their keys")
    func runtime() throws {
        let found = try limits(
            #""runtimeConfig":{"bandwidth":{"IngressRate":8000000,"IngressBurst":800000}}"#)
        #expect(found.ingress?.rate == 8_000_000)
        #expect(found.egress == nil)
        #expect(try limits(#""mtu":1"#).isEmpty)
        #expect(try limits(#""runtimeConfig":{"bandwidth":{"ingressRate":0}}"#).isEmpty)
    }

    @Test(
        "C37: the configuration's own limits count before the runtime's",
        arguments: [#""egressRate":16000000"#, #""bandwidth":{"egressRate":16000000}"#])
    func ownLimits(key: String) throws {
        let found = try limits(key + #","runtimeConfig":{"bandwidth":{"ingressRate":8000000}}"#)
        #expect(found.egress?.rate == 16_000_000)
        #expect(found.ingress == nil)
    }

    @Test("C51: a burst as large as the runtime's numbers is a tenth of a second")
    func hugeBursts() throws {
        for burst in ["4294967295", "34359738359"] {
            let found = try limits("\"ingressRate\":80000000,\"ingressBurst\":\(burst)")
            #expect(found.ingress?.bucket.burst == 1_000_000)
        }
        let slow = try limits(#""ingressRate":800000,"ingressBurst":4294967295"#)
        #expect(slow.ingress?.bucket.burst == 128 << 10)
    }

    @Test("a burst that was asked for is kept, and one that was not is chosen")
    func bursts() throws {
        let asked = try limits(#""ingressRate":80000000,"ingressBurst":800000"#)
        #expect(asked.ingress?.bucket.burst == 100_000)
        #expect(asked.ingress?.bucket.rate == 10_000_000)
        // 25 ms of the rate may wait.
        #expect(asked.ingress?.bucket.limit == 350_000)
        #expect(try limits(#""ingressRate":80000000"#).ingress?.bucket.burst == 1_000_000)
        #expect(try limits(#""ingressRate":8000,"ingressBurst":8"#).ingress?.bucket.burst == 1518)
    }

    @Test(
        "a limit that cannot be meant is refused by its key",
        arguments: [
            (#""ingressBurst":8000"#, "ingressRate"), (#""egressRate":7"#, "egressRate"),
            (#""ingressRate":-1"#, "ingressRate"), (#""ingressRate":"fast""#, "ingressRate"),
            (
                #""runtimeConfig":{"bandwidth":{"egressBurst":1}}"#,
                "runtimeConfig.bandwidth.egressRate"
            ),
        ])
    func impossible(keys: String, key: String) {
        let error = #expect(throws: CNIError.self) { try limits(keys) }
        #expect(error?.message == "\(key) is not valid")
    }
}
