import JSON
import Netlink
import Network
import Platform
import TestSupport
import Testing

@testable import CNI

@Suite("The kernel limits what a pod receives and sends", .requiresRoot)
struct BandwidthPartTests {
    /// A node with one pod, made as a foreign plugin would make them.
    private struct Setting {
        let node: Host
        let pod: Host
        let call: PodCall

        init(_ lab: Lab) throws {
            node = try lab.host("node")
            pod = try lab.host("pod")
            try lab.connect(node, "veth0", ["10.9.0.1/24"], pod, "eth0", ["10.9.0.2/24"])
            let interface = try #require(InterfaceName("eth0"))
            call = PodCall(
                CNI.Attachment(network: "pods", containerID: "c1", interface: interface),
                namespacePath: pod.path)
        }

        func part(_ keys: String) throws -> BandwidthPart {
            let document = try JSONValue(parsing: "{\"name\":\"pods\",\(keys)}".utf8.span)
            return try BandwidthPart(NetworkConfiguration(document))
        }

        @discardableResult
        func add(_ keys: String) throws -> NetworkResult {
            try node.run {
                var result = NetworkResult()
                try part(keys).add(call, to: &result)
                return result
            }
        }

        func check(_ keys: String) throws {
            try node.run { try part(keys).check(call, NetworkResult()) }
        }

        func remove(_ call: PodCall? = nil) throws {
            let document = try JSONValue(parsing: #"{"name":"pods"}"#.utf8.span)
            let network = try NetworkConfiguration(document)
            try node.run { try BandwidthPart.remove(call ?? self.call, network) }
        }

        var state: String {
            get throws {
                try node.command(
                    "sh", ["-c", "tc qdisc; tc filter show dev veth0 ingress; ip -o link"])
            }
        }
    }

    private static let both = #""ingressRate":8000000,"egressRate":16000000"#

    @Test("both directions have a bucket, and DEL leaves nothing of it; each verb twice")
    func both() throws {
        try withLab { lab in
            let setting = try Setting(lab)
            let before = try setting.state
            for _ in 1...2 {
                let result = try setting.add(Self.both)
                #expect(result.interfaces.count == 1)
                #expect(result.interfaces.first?.name.hasPrefix("wifb") == true)
                try setting.check(Self.both)
            }
            let state = try setting.state
            #expect(state.contains("dev veth0 root") && state.contains("rate 8Mbit"))
            #expect(state.contains("rate 16Mbit"))
            for _ in 1...2 { try setting.remove() }
            #expect(try setting.state == before)
            #expect(throws: CNIError.self) { try setting.check(Self.both) }
        }
    }

    @Test("the link that what it sends passes has no address of its own")
    func unaddressed() throws {
        try withLab { lab in
            let setting = try Setting(lab)
            let outlet = try #require(try setting.add(Self.both).interfaces.first).name
            let link = try setting.node.command("ip", ["-o", "link", "show", "dev", outlet])
            #expect(link.contains(",UP"))
            #expect(try setting.node.command("ip", ["-o", "addr", "show", "dev", outlet]) == "")
        }
    }

    @Test("a second ADD changes the limit")
    func changed() throws {
        try withLab { lab in
            let setting = try Setting(lab)
            try setting.add(Self.both)
            try setting.add(#""ingressRate":24000000,"egressRate":32000000"#)
            #expect(throws: CNIError.self) { try setting.check(Self.both) }
            try setting.check(#""ingressRate":24000000,"egressRate":32000000"#)
        }
    }

    @Test("rates beyond 32 bits of bytes are kept")
    func wide() throws {
        try withLab { lab in
            let setting = try Setting(lab)
            try setting.add(#""ingressRate":80000000000,"egressRate":80000000000"#)
            try setting.check(#""ingressRate":80000000000,"egressRate":80000000000"#)
            #expect(try setting.state.contains("rate 80Gbit"))
        }
    }

    @Test("packets beyond the limit are dropped, in the direction that has one")
    func traffic() throws {
        try withLab { lab in
            let setting = try Setting(lab)
            // The bucket holds 1518 bytes, and as good as nothing flows into it.
            try setting.add(#""egressRate":800,"egressBurst":8"#)
            let back = try delivered(from: setting.node, to: setting.pod, at: "10.9.0.2")
            let out = try delivered(from: setting.pod, to: setting.node, at: "10.9.0.1")
            #expect(back == 10)
            #expect((1...2).contains(out))
        }
    }

    /// How many of ten large datagrams arrive.
    private func delivered(from source: Host, to target: Host, at address: String) throws -> Int {
        let address = AddressAndPort(try #require(IPAddress(address)), 9)
        let receiver = try target.run { try UDPSocket(address) }
        let sender = try source.run { try UDPSocket(connectedTo: address) }
        let datagram = [UInt8](repeating: 0, count: 1000)
        for _ in 1...10 { try #require(try sender.send(datagram.span)) }
        var count = 0
        var buffer = datagram
        while try receiver.socket.descriptor.wait(for: .read, until: .now + .milliseconds(300)) {
            var span = buffer.mutableSpan
            guard try receiver.receive(into: &span) != nil else { break }
            count += 1
        }
        return count
    }

    @Test("C25: DEL removes the outlet when the namespace is gone")
    func namespaceGone() throws {
        try withLab { lab in
            let setting = try Setting(lab)
            try setting.add(Self.both)
            for path in [nil, "/nonexistent", "/dev/null"] {
                try setting.remove(PodCall(setting.call.attachment, namespacePath: path))
            }
            #expect(try !setting.state.contains("wifb"))
        }
    }

    @Test("what another tool has put there is neither replaced nor removed")
    func foreign() throws {
        try withLab { lab in
            let setting = try Setting(lab)
            try setting.node.command(
                "tc",
                [
                    "qdisc", "add", "dev", "veth0", "root", "handle", "5:", "tbf", "rate",
                    "1mbit", "burst", "10k", "latency", "50ms",
                ])
            let before = try setting.state
            let error = #expect(throws: CNIError.self) {
                try setting.add(#""ingressRate":8000000"#)
            }
            #expect(error?.message.contains("tbf 5:0 is there already") == true)
            try setting.remove()
            #expect(try setting.state == before)
        }
    }

    @Test("a clsact of another tool takes our filter in, and stays when it goes")
    func shared() throws {
        try withLab { lab in
            let setting = try Setting(lab)
            try setting.node.command("tc", ["qdisc", "add", "dev", "veth0", "clsact"])
            let before = try setting.state
            try setting.add(Self.both)
            try setting.check(Self.both)
            #expect(try setting.state.contains("mirred (Egress Redirect to device wifb"))
            try setting.remove()
            #expect(try setting.state == before)
        }
    }

    @Test("C28: GC removes the outlets of this network's other attachments only")
    func garbage() throws {
        try withLab { lab in
            let setting = try Setting(lab)
            try setting.add(Self.both)
            try setting.node.command("ip", ["link", "add", "theirs", "type", "ifb"])
            let network = try NetworkConfiguration(
                JSONValue(parsing: #"{"name":"pods"}"#.utf8.span))
            let other = try NetworkConfiguration(JSONValue(parsing: #"{"name":"pod"}"#.utf8.span))
            try setting.node.run {
                try BandwidthPart.collectGarbage(of: network, keeping: [setting.call.attachment])
                try BandwidthPart.collectGarbage(of: other, keeping: [])
            }
            try setting.check(Self.both)
            try setting.node.run { try BandwidthPart.collectGarbage(of: network, keeping: []) }
            let state = try setting.state
            #expect(!state.contains("wifb") && state.contains("theirs"))
        }
    }

    @Test("C28: GC removes the outlet of an ADD that was killed before the alias")
    func garbageWithoutAlias() throws {
        try withLab { lab in
            let setting = try Setting(lab)
            try setting.add(Self.both)
            let words = try setting.node.ip("-o link show type ifb").split(separator: " ")
            let name = String(try #require(words.dropFirst().first).dropLast())
            try setting.node.command("ip", ["link", "set", name, "alias", ""])
            let (network, other) = (
                try NetworkConfiguration(JSONValue(parsing: #"{"name":"pods"}"#.utf8.span)),
                try NetworkConfiguration(JSONValue(parsing: #"{"name":"pod"}"#.utf8.span))
            )
            try setting.node.run { try BandwidthPart.collectGarbage(of: other, keeping: []) }
            #expect(try setting.state.contains(name))
            try setting.node.run { try BandwidthPart.collectGarbage(of: network, keeping: []) }
            #expect(try !setting.state.contains(name))
        }
    }

    @Test("a container without such an interface is an error that says so")
    func withoutInterface() throws {
        try withLab { lab in
            let setting = try Setting(lab)
            try setting.pod.command("ip", ["link", "del", "eth0"])
            let error = #expect(throws: CNIError.self) { try setting.add(Self.both) }
            #expect(error?.message.contains("the interface is missing") == true)
        }
    }
}
