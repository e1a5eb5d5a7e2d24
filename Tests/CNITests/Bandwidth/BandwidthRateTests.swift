import JSON
import Network
import Platform
import TestSupport
import Testing

@testable import CNI

@Suite("What passes is what the limit says", .requiresRoot)
struct BandwidthRateTests {
    /// Bytes a second in the direction asked for, as the limit says.
    private static let rate = 1_000_000
    private static let burst = 20_000
    private static let settings =
        #""ingressRate":8000000,"ingressBurst":160000,"egressRate":8000000,"egressBurst":160000"#
    /// How long the sender sends as much as it can.
    private static let window = Duration.milliseconds(500)

    @Test(
        "as many bytes pass in a while as the rate gives, in both directions and families",
        arguments: ["10.9.0.", "fd00:9::"])
    func rate(prefix: String) throws {
        try withLab { lab in
            let (node, pod) = (try lab.host("node"), try lab.host("pod"))
            try lab.connect(
                node, "veth0", ["10.9.0.1/24", "fd00:9::1/64"],
                pod, "eth0", ["10.9.0.2/24", "fd00:9::2/64"])
            try limit(node, pod)
            try expectRate(from: node, to: pod, at: "\(prefix)2")
            try expectRate(from: pod, to: node, at: "\(prefix)1")
        }
    }

    private func limit(_ node: Host, _ pod: Host) throws {
        let document = try JSONValue(
            parsing: #"{"name":"pods",\#(Self.settings)}"#.utf8.span)
        let interface = try #require(InterfaceName("eth0"))
        let call = PodCall(
            CNI.Attachment(network: "pods", containerID: "c1", interface: interface),
            namespacePath: pod.path)
        try node.run {
            var result = NetworkResult()
            try BandwidthPart(NetworkConfiguration(document)).add(call, to: &result)
        }
    }

    private func expectRate(from source: Host, to target: Host, at address: String) throws {
        let (bytes, elapsed) = try passed(from: source, to: target, at: address)
        let allowed = Int(Double(Self.rate) * (elapsed / .seconds(1)))
        // A busy machine may let the sender pause; nothing lets more pass.
        #expect(bytes > allowed / 10)
        #expect(bytes < allowed * 11 / 10 + 2 * Self.burst)
    }

    /// How many bytes of a flood arrive, and in what time.
    private func passed(
        from source: Host, to target: Host, at address: String
    ) throws -> (bytes: Int, elapsed: Duration) {
        let address = AddressAndPort(try IPAddress(validating: address), 9)
        let receiver = try target.run { try UDPSocket(address) }
        let sender = try source.run { try UDPSocket(connectedTo: address) }
        var datagram = [UInt8](repeating: 0, count: 1000)
        let begin = MonotonicTime.now
        var bytes = 0
        while MonotonicTime.now - begin < Self.window {
            for _ in 1...20 { _ = try sender.send(datagram.span) }
            while try receiver.socket.descriptor.wait(for: .read, until: .now + .milliseconds(1)) {
                var span = datagram.mutableSpan
                guard try receiver.receive(into: &span) != nil else { break }
                bytes += datagram.count
            }
        }
        return (bytes, MonotonicTime.now - begin)
    }
}
