import Testing

@testable import Bench

@Suite struct `Metrics of other programs` {
    private let text = """
        # TYPE kubeproxy_last gauge
        kubeproxy_last{ip_family="IPv4"} 1.7e+09
        kubeproxy_last{ip_family="IPv6"} 5
        kubeproxy_last_queued 7
        kubeproxy_lastly 8
        """

    @Test func `are found by their names, with or without labels`() {
        #expect(
            StatusProbe.values(of: "kubeproxy_last", in: text) == [
                #"{ip_family="IPv4"}"#: 1.7e9, #"{ip_family="IPv6"}"#: 5,
            ])
        #expect(StatusProbe.values(of: "kubeproxy_last_queued", in: text) == ["": 7])
        #expect(StatusProbe.values(of: "kubeproxy", in: text) == [:])
    }
}
