import Network
import Platform
import Testing

@testable import DNS

extension OperationTests {
    @Suite struct LimitMetricTests {
        @Test func `X15 what is turned away is counted`() throws {
            let text = """
                .:PORT {
                    chaos
                    ratelimit 1 {
                        burst 5
                    }
                    prometheus 127.0.0.1:0
                }
                """
            try withServer(text) { server throws in
                #expect(try server.askFirst("localhost") != nil)
                let client = try DatagramClient(AddressAndPort(.v4(.loopback), server.port))
                for _ in 0..<100 { #expect(try client.send("localhost")) }
                let name = "weft_dns_limited_total{server=\"dns://:\(server.port)\",action="
                #expect(
                    try eventually {
                        let body = try server.get("/metrics", .metrics)?.body ?? ""
                        return ["dropped", "shortened"].allSatisfy {
                            body.contains("\(name)\"\($0)\"} 4")
                        }
                    })
                let text = try server.get("/metrics", .metrics)?.body ?? ""
                #expect(text.contains("plugin_enabled{") && text.contains("name=\"ratelimit\"} 1"))
            }
        }
    }
}
