import Network
import Testing

@testable import Bench

@Suite struct `A target` {
    @Test(
        arguments: [
            ("10.0.0.1:80", "10.0.0.1"), ("[fd00::1]:80", "fd00::1"), ("web:80", "web"),
            ("web.shop.svc.cluster.local.:80", "web.shop.svc.cluster.local."),
        ])
    func `is an address or a name with a port`(text: String, host: String) throws {
        let place = try #require(TargetPlace(text))
        #expect(place.host == host)
        #expect(place.port == 80)
        #expect(place.text == text)
    }

    @Test(
        arguments: [
            "", "web", "web:", ":80", "web:http", "web:0", "web:65536", "fd00::1:80", "[fd00::1]",
            "[web]:80", "[]:80", "http://web:80",
        ])
    func `is nothing else`(text: String) {
        #expect(TargetPlace(text) == nil)
    }
}
