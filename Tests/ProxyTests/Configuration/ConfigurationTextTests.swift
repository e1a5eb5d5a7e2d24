import FuzzSupport
import JSON
import Network
import Testing

@testable import Proxy

@Suite struct `A configuration that is written` {
    @Test(arguments: [ConfigurationTexts.kubeadm, ConfigurationTexts.other])
    func `reads back as the same`(text: String) throws {
        let configuration = try ProxyConfiguration.read(text.utf8.span, name: "a").configuration
        let copy = try ProxyConfiguration.read(configuration.yaml.utf8.span, name: "copy")
        #expect(copy.configuration == configuration)
        #expect(copy.notes.filter { !$0.contains("'ipvs' is taken") }.isEmpty)
    }

    @Test func `has every field`() throws {
        let other = ConfigurationTexts.other.utf8.span
        let configuration = try ProxyConfiguration.read(other, name: "a").configuration
        let standard = ProxyConfiguration()
        let same = ConfigurationField.all.filter { $0.write(configuration) == $0.write(standard) }
        #expect(same.map(\.key) == [])
    }

    @Test func `is what kube-proxy would read`() {
        let text = ProxyConfiguration().yaml
        #expect(text.hasPrefix("apiVersion: kubeproxy.config.k8s.io/v1alpha1\nbindAddress: "))
        #expect(text.contains("\nconfigSyncPeriod: 15m0s\nconntrack:\n  maxPerCore: 32768\n"))
        #expect(text.contains("\nhealthzBindAddress: \"0.0.0.0:10256\"\n"))
        #expect(text.contains("\nnodePortAddresses:\n- primary\n"))
    }

    @Test func `S133 is served as JSON under the group's name`() throws {
        let answer = try JSONValue(document: ProxyConfiguration().configz.utf8.span)
        let document = answer.object?["kubeproxy.config.k8s.io"]
        #expect(document == ProxyConfiguration().document)
        #expect(document?.object?["nftables"]?.object?["syncPeriod"] == .string("30s"))
        #expect(document?.object?["weft"]?.object?["drainTCP"] == .null)
    }
}
