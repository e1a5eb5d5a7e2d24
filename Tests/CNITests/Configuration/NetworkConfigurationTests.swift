import JSON
import Network
import Testing

@testable import CNI

@Suite("What all plugins read of a configuration")
struct NetworkConfigurationTests {
    private func configuration(_ members: String) throws -> NetworkConfiguration {
        let text = "{\"cniVersion\":\"1.1.0\",\"name\":\"pods\",\(members)}"
        return try NetworkConfiguration(JSONValue(parsing: text.utf8.span))
    }

    @Test("C34, C35: the runtime's dns counts before the configuration's, and any key counts")
    func dns() throws {
        let both = try configuration(
            #""dns":{"domain":"a"},"runtimeConfig":{"dns":{"Servers":["10.0.0.1"]}}"#)
        #expect(try both.ownDNS?.nameservers == ["10.0.0.1"])
        #expect(try both.ownDNS?.domain == nil)
        #expect(try configuration(#""dns":{"nameservers":[]}"#).ownDNS == NetworkResult.DNS())
        #expect(try configuration(#""dns":{}"#).ownDNS == nil)
    }

    @Test("C28: GC's list is read by its old key too, and a missing one is not an empty one")
    func attachments() throws {
        let entry = #"[{"containerID":"c1","ifname":"eth0"}]"#
        for key in ["cni.dev/valid-attachments", "cni.dev/attachments"] {
            let valid = try configuration("\"\(key)\":\(entry)").validAttachments
            #expect(valid.map(\.owner) == ["pods/c1/eth0"])
        }
        #expect(try configuration(#""cni.dev/valid-attachments":[]"#).validAttachments.isEmpty)
        let bad = [
            #""mtu":1"#, #""cni.dev/valid-attachments":null"#, #""cni.dev/valid-attachments":{}"#,
            #""cni.dev/valid-attachments":[{"containerID":"c1"}]"#,
            #""cni.dev/valid-attachments":[{"containerID":"c1","ifname":"a/b"}]"#,
        ]
        for members in bad {
            let error = #expect(throws: CNIError.self) {
                try configuration(members).validAttachments
            }
            #expect(error?.code == .invalidConfiguration)
        }
    }
}
