import Network
import Testing

@testable import DNS

@Suite struct `What a node's own server needs` {
    private let local = NodeLocalSettings.standardAddress
    private let service = IPAddress.v4(IPv4Address(10, 96, 0, 10))

    private func plan(
        _ text: String, local: [IPAddress] = [], services: [IPAddress] = []
    ) throws -> NodeLocalPlan {
        var settings = NodeLocalSettings()
        settings.localAddresses = local
        settings.serviceAddresses = services
        return NodeLocalPlan(try settings.bind(corefile(text)))
    }

    private func point(
        _ address: IPAddress, _ transport: TransportProtocol, _ port: Port
    ) -> NodeLocalPlan.Point {
        NodeLocalPlan.Point(address: address, transport: transport, port: port)
    }

    @Test func `blocks without bind listen at the usual address and the service's`() throws {
        let plan = try plan(".:53 { }", services: [service])
        #expect(plan.addresses == [local, service])
        #expect(
            plan.points == [
                point(local, .udp, 53), point(local, .tcp, 53), point(service, .udp, 53),
                point(service, .tcp, 53),
            ])
    }

    @Test func `the usual address is not added where all blocks name theirs`() throws {
        let plan = try plan(".:53 { bind 10.96.0.10 127.0.0.1 }")
        #expect(plan.addresses == [service])
    }

    @Test func `the configuration of NodeLocal DNSCache works as it is`() throws {
        let plan = try plan(
            """
            cluster.local:53 {
                errors
                cache {
                    success 9984 30
                    denial 9984 5
                }
                reload
                loop
                bind 169.254.20.10 10.96.0.10
                forward . 10.96.12.7 {
                    force_tcp
                }
                prometheus :9253
                health 169.254.20.10:8080
            }
            .:53 {
                bind 169.254.20.10 10.96.0.10
                forward . /etc/resolv.conf
            }
            """, local: [local], services: [service])
        #expect(plan.addresses == [local, service])
        #expect(plan.points.count == 4)
    }

    @Test func `ports are those of the keys, and TLS has no datagrams`() throws {
        let plan = try plan(
            """
            a.:5300 tls://b. {
                bind 10.96.0.10
                tls server.crt server.key
            }
            """)
        #expect(
            plan.points == [
                point(service, .udp, 5300), point(service, .tcp, 5300), point(service, .tcp, 853),
            ])
    }

    @Test func `what is excepted, everywhere or an interface's is not added`() throws {
        let plan = try plan(
            """
            a. {
                bind 10.96.0.10 169.254.20.10 {
                    except 169.254.20.10
                }
            }
            b. { bind 0.0.0.0 lo }
            """)
        #expect(plan.addresses == [service])
    }

    @Test func `an address that no block would listen at is refused`() throws {
        let error = #expect(throws: DNSError.self) {
            try plan(".:53 { bind 10.96.0.10 }", local: [local])
        }
        #expect(error?.description.contains("169.254.20.10") == true)
    }
}
