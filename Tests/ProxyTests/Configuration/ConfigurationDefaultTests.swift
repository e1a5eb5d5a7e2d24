import FuzzSupport
import Network
import Testing

@testable import Proxy

@Suite struct `A configuration that says nothing` {
    @Test func `of kubeadm is kube-proxy's defaults, and nothing is said about it`() throws {
        let loaded = try ProxyConfiguration.read(
            ConfigurationTexts.kubeadm.utf8.span, name: "config.conf")
        var expected = ProxyConfiguration()
        expected.client.kubeconfig = "/var/lib/kube-proxy/kubeconfig.conf"
        expected.detection.clusterCIDR = [try CIDR(validating: "10.244.0.0/16")]
        #expect(loaded == LoadedConfiguration(configuration: expected, notes: []))
    }

    @Test func `has the defaults of kube-proxy`() throws {
        let configuration = try read("")
        #expect(configuration == ProxyConfiguration())
        #expect(configuration.healthAddress?.description == "0.0.0.0:10256")
        #expect(configuration.metricsAddress?.description == "127.0.0.1:10249")
        #expect(configuration.masquerade.bit == 14 && !configuration.masquerade.all)
        #expect(configuration.syncPeriod == .seconds(30))
        #expect(configuration.minSyncPeriod == .seconds(1))
        #expect(configuration.configSyncPeriod == .seconds(900))
        #expect(configuration.podDetection == .none)
        #expect(configuration.nodePortAddresses == .primary)
        #expect(configuration.client.queriesPerSecond == 5 && configuration.client.burst == 10)
        #expect(configuration.allowsExternalIPs)
    }

    @Test func `S118 has the score of kube-proxy`() throws {
        #expect(try read("oomScoreAdj: null").oomScoreAdjustment == -999)
        #expect(try read("oomScoreAdj: 0").oomScoreAdjustment == 0)
    }

    @Test func `S85 tells null, which is the default, from 0, which leaves the kernel's`() throws {
        let unset = try read(
            "conntrack: {maxPerCore: null, min: null, tcpEstablishedTimeout: null}"
        ).conntrack
        #expect(unset.maxPerCore == 32768 && unset.min == 131072)
        #expect(unset.tcpEstablishedTimeout == .seconds(86400))
        #expect(unset.tcpCloseWaitTimeout == .seconds(3600))
        let zero = try read(
            "conntrack: {maxPerCore: 0, min: 0, tcpEstablishedTimeout: 0s, tcpCloseWaitTimeout: 0s}"
        ).conntrack
        #expect(zero.maxPerCore == 0 && zero.min == 0)
        #expect(zero.tcpEstablishedTimeout == .zero && zero.tcpCloseWaitTimeout == .zero)
    }

    @Test func `has Weft's defaults too`() throws {
        let own = try read("weft:").weft
        #expect(own == ProxyConfiguration.Own())
        #expect(own.affinityTableSize == 262144 && !own.counters)
        #expect(own.drainTCP == nil && own.drainSCTP == nil)
        #expect(own.minDelay == .zero && own.maxDelay == .milliseconds(100))
    }
}
