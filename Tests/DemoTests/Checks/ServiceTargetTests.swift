import Testing

@testable import Demo

struct ServiceTargetTests {
    @Test func `an SRV record's text has a name and a port`() {
        let target = ServiceTarget("0 33 8080 web-1.peers.shop.svc.cluster.local.")
        #expect(target?.port == 8080 && target?.name == "web-1.peers.shop.svc.cluster.local.")
    }

    @Test(arguments: ["", "0 33 8080", "0 33 99999 a.", "0 33 8080 a. b."])
    func `other texts have none`(text: String) {
        #expect(ServiceTarget(text) == nil)
    }
}
