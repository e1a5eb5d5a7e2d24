import Kubernetes
import Network
import Platform
import Synchronization
import TestSupport
import Testing

@testable import Proxy

private let web = ObjectKey(namespace: "default", name: "web")
private let dns = ObjectKey(namespace: "kube-system", name: "dns")

@Suite struct `Which health check ports to open` {
    private let one = IPAddress.v4(IPv4Address(10, 0, 0, 1))
    private let two = IPAddress.v4(IPv4Address(10, 0, 0, 2))

    private func place(
        _ service: ObjectKey, _ address: IPAddress, _ port: Port
    ) -> HealthCheckPlan.Place {
        .init(service: service, address: AddressAndPort(address, port))
    }

    @Test func `S120 S124 only what differs is closed and opened`() {
        let open = [place(web, one, 1), place(dns, one, 2)]
        let both: [ObjectKey: HealthCheckPort] = [
            web: .init(1, localEndpoints: 0), dns: .init(3, localEndpoints: 5),
        ]
        #expect(HealthCheckPlan(both, on: [one], open: []).opened.count == 2)
        let moved = HealthCheckPlan(both, on: [one], open: open)
        #expect(moved.closed == [place(dns, one, 2)] && moved.opened == [place(dns, one, 3)])
        let wider = HealthCheckPlan(
            [web: .init(1, localEndpoints: 0)], on: [one, two], open: open)
        #expect(wider.closed == [place(dns, one, 2)] && wider.opened == [place(web, two, 1)])
        let none = HealthCheckPlan([:], on: [one], open: open)
        #expect(none.closed == Set(open) && none.opened.isEmpty)
    }
}

@Suite(.requiresRoot) struct `Health checks of load balancers` {
    private static let local = IPAddress.v4(IPv4Address(127, 0, 0, 1))
    private static let other = IPAddress.v6(IPv6Address(high: 0, low: 1))

    /// The whole answer on a port; nil when nobody listens.
    private func ask(
        _ port: Port, on address: IPAddress = local, _ request: String = "GET / HTTP/1.1"
    ) throws -> String? {
        do {
            return try exchange(request, with: AddressAndPort(address, port))
        } catch let error as PlatformError where error.code == .connectionRefused {
            return nil
        }
    }

    private func exchange(_ request: String, with address: AddressAndPort) throws -> String {
        let deadline = MonotonicTime.now + .patience
        let socket = try StreamSocket(connectedTo: .ip(address), until: deadline)
        try socket.write(all: "\(request)\r\n\r\n".utf8.span, until: deadline)
        var bytes: [UInt8] = []
        while try socket.socket.descriptor.wait(for: .read, until: deadline) {
            var count: Int?
            try bytes.append(addingCapacity: 4096) { output throws(PlatformError) in
                count = try socket.socket.receive(appendingTo: &output)
            }
            if count == 0 { return String(decoding: bytes, as: UTF8.self) }
        }
        throw LabError("no answer from \(address)")
    }

    @Test func `S121 S122 whoever asks is told how many endpoints there are, in any way`() throws {
        try withLab { lab in
            try lab.host("node").run {
                let isHealthy = Flag()
                let ports = try HealthCheckPorts { isHealthy.isSet }
                ports.reconcile([web: .init(30001, localEndpoints: 2)])
                #expect(try ask(30001)?.hasPrefix("HTTP/1.1 503 ") == true)
                isHealthy.set()
                let answer = try ask(30001, on: Self.other, "POST /any/path HTTP/1.1")
                #expect(
                    answer == """
                        HTTP/1.1 200 OK\r
                        Content-Type: application/json\r
                        Content-Length: 94\r
                        X-Content-Type-Options: nosniff\r
                        X-Load-Balancing-Endpoint-Weight: 2\r
                        Connection: close\r
                        \r
                        {"service":{"namespace":"default","name":"web"},"localEndpoints":2,\
                        "serviceProxyHealthy":true}
                        """)
                ports.reconcile([web: .init(30001, localEndpoints: 0)])
                let none = try #require(try ask(30001))
                #expect(none.hasPrefix("HTTP/1.1 503 ") && none.contains("Weight: 0\r\n"))
            }
        }
    }

    /// A child of another test has the closed listener too, until its program begins.
    private func reconcile(_ ports: HealthCheckPorts, _ desired: [ObjectKey: HealthCheckPort]) {
        for _ in 0..<100 {
            var isDone = true
            ports.reconcile(desired, on: [Self.local]) { _, _ in isDone = false }
            if isDone { return }
            sleep(for: .milliseconds(10))
        }
        Issue.record("the port is taken")
    }

    @Test func `S124 listeners come and go with services, and change hands`() throws {
        try withLab { lab in
            try lab.host("node").run {
                let ports = try HealthCheckPorts { true }
                ports.reconcile([web: .init(1001, localEndpoints: 1)], on: [Self.local])
                #expect(try ask(1001, on: Self.other) == nil)
                for _ in 0..<20 {
                    reconcile(ports, [dns: .init(1001, localEndpoints: 1)])
                    #expect(try ask(1001)?.contains("\"name\":\"dns\"") == true)
                    reconcile(ports, [web: .init(1001, localEndpoints: 1)])
                    #expect(try ask(1001)?.contains("\"name\":\"web\"") == true)
                }
                ports.reconcile([web: .init(1002, localEndpoints: 1)], on: [Self.local])
                #expect(try ask(1001) == nil && ask(1002) != nil)
                ports.reconcile([:])
                #expect(try ask(1002) == nil)
            }
        }
    }

    @Test func `S124 a port that is taken is told, tried again, and nobody else's concern`() throws
    {
        try withLab { lab in
            try lab.host("node").run {
                let ports = try HealthCheckPorts { true }
                let desired: [ObjectKey: HealthCheckPort] = [
                    web: .init(1001, localEndpoints: 1), dns: .init(1002, localEndpoints: 1),
                ]
                var failed: [ObjectKey] = []
                do {
                    let taken = try ListeningSocket(.ip(AddressAndPort(Self.local, 1001)))
                    for _ in 0..<2 {
                        ports.reconcile(desired) { service, error in
                            failed.append(service)
                            #expect(error.code == .addressInUse)
                        }
                    }
                    withExtendedLifetime(taken.socket.descriptor.rawValue) {}
                }
                #expect(failed == [web, web])
                #expect(try ask(1002) != nil)
                ports.reconcile(desired) { Issue.record("\($0): \($1)") }
                #expect(try ask(1001) != nil)
            }
        }
    }
}
