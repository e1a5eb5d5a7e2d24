import CNI
import NFTables
import Netlink
import Network
import Platform
import TestSupport
import Testing

@testable import Agent

@Suite("Cleaning up", .requiresRoot) struct NodeCleanupTests {
    private let nodes = ClusterNodes(snapshot(TrafficLab.objects), own: "a")

    /// What others have made looks much like what Weft has.
    private static let foreign = [
        "link add other.vxlan type vxlan id 1 dstport 8472 local 192.0.2.1",
        "link add other0 type bridge", "link set other0 alias not-weft:dns up",
        "route add 10.9.0.0/16 via 192.0.2.2", "route add blackhole 10.8.0.0/16 proto static",
        "addr add 10.7.0.1/32 dev lo",
    ]
    private static let own = [
        "link add weft.vxlan type vxlan id 87 dstport 4789 local 192.0.2.1",
        "link set weft.vxlan alias weft:tunnel up",
        "link add weft-dns type bridge", "link set weft-dns alias weft:dns up",
        "route add 10.244.2.0/24 via 192.0.2.2 proto 87",
        "route add blackhole 10.244.1.0/24 proto 87",
        "route add fd00:244:2::/64 via 2001:db8::2 proto 87",
        "route add 10.244.3.0/24 via 10.244.3.0 dev weft.vxlan onlink proto 87",
    ]

    private func withNode(_ body: (Host, CleanupSettings) throws -> Void) throws {
        try withLab { lab in
            try withTemporaryDirectory { directory in
                let (host, other) = (try lab.host("a"), try lab.host("b"))
                try lab.connect(
                    host, "eth0", ["192.0.2.1/24", "2001:db8::1/64"],
                    other, "eth0", ["192.0.2.2/24", "2001:db8::2/64"])
                var settings = CleanupSettings()
                settings.files.directory = "\(directory)/cni"
                settings.socket = "\(directory)/run/agent.sock"
                settings.files.rangeFile = "\(directory)/run/ranges.json"
                settings.dataDirectory = "\(directory)/leases"
                try Directory.create(settings.files.directory)
                try put("{}", "\(settings.files.directory)/99-other.conflist")
                for words in Self.foreign { try host.ip(words) }
                try host.nft("table inet filter {\n}\ntable ip weftish {\n}\n")
                try body(host, settings)
            }
        }
    }

    private func put(_ text: String, _ path: String) throws {
        try File.replace(path, with: Array(text.utf8).span)
    }

    /// What a node has after an agent, a proxy, a DNS server and a plugin.
    private func makeAll(_ host: Host, _ settings: CleanupSettings) throws -> ListeningSocket {
        for words in Self.own { try host.ip(words) }
        for table in ["ip weft-proxy", "ip6 weft-proxy", "inet weft-cni", "bridge weft-cni"] {
            try host.nft("table \(table) {\n}\n")
        }
        var files = NodeFiles(settings.files)
        _ = try files.update(own: nodes.own, isReady: true, mtu: 1450)
        try put("left", "\(settings.files.directory)/.weft-1")
        try host.run {
            var traffic = try PodTraffic(PodTrafficSettings())
            _ = try traffic.update(nodes, tunnels: [])
            var socket = try RouteSocket()
            try socket.run(
                .add(
                    InterfaceAddress(
                        CIDR(.v4(IPv4Address(169, 254, 20, 10))), on: .loopback, origin: .weft)))
        }
        let pod = try SamplePod("c1", dataDirectory: settings.dataDirectory)
        try pod.addLease(on: host)
        try pod.addLink(on: host)
        try host.ip("route add 10.244.1.9/32 dev \(pod.link) proto 87")
        return try ListeningSocket(.unix(.path("\(settings.runDirectory)/agent.sock")))
    }

    /// Everything of a node, as text.
    private func state(_ host: Host, _ settings: CleanupSettings) throws -> [String] {
        let files = try [settings.files.directory, settings.runDirectory].flatMap { directory in
            try File.status(directory) == nil ? [] : try Directory.list(directory)
        }
        return try [
            host.ip("-o link show"), host.ip("-o addr show scope global"),
            host.ip("-o addr show dev lo"), host.ip("route show table all"),
            host.ip("-6 route show table main"), host.nft("list ruleset\n"),
        ] + files
    }

    private func clean(_ host: Host, _ settings: CleanupSettings) throws -> [OwnedObject] {
        try host.run {
            var cleanup = try NodeCleanup(settings)
            let objects = try cleanup.find()
            for object in objects { try cleanup.remove(object) }
            return objects
        }
    }

    @Test func `a node without Weft has nothing to remove, and one with all of it is as before`()
        throws
    {
        try withNode { host, settings in
            #expect(try clean(host, settings).isEmpty)
            let before = try state(host, settings)
            var settings = settings
            settings.takesPods = true
            let socket = try makeAll(host, settings)
            #expect(settings.isAgentRunning)
            let removed = try clean(host, settings)
            #expect(!settings.isAgentRunning)
            #expect(try state(host, settings) == before)
            #expect(removed.count == 3 + 4 + 2 + 1 + 5 + 1 + 1 + 2)
            #expect(Set(removed.map(\.description)).count == removed.count)
            #expect(try clean(host, settings).isEmpty)
            withExtendedLifetime(socket) {}
        }
    }

    @Test func `pods keep their links and addresses unless they are meant too`() throws {
        try withNode { host, settings in
            let socket = try makeAll(host, settings)
            let pod = try SamplePod("c1", dataDirectory: settings.dataDirectory)
            _ = try clean(host, settings)
            #expect(try host.ip("-o link show").contains(pod.link))
            #expect(try host.ip("route show").contains("10.244.1.9"))
            let folder = LeaseFolder(settings.dataDirectory, network: "weft")
            #expect(try host.run { try folder.entries() }.count == 1)
            var settings = settings
            settings.takesPods = true
            #expect(try clean(host, settings).count == 2)
            #expect(try host.run { try folder.entries() }.isEmpty)
            withExtendedLifetime(socket) {}
        }
    }

    @Test func `files at our paths that others wrote stay`() throws {
        try withNode { host, settings in
            try Directory.create(settings.runDirectory)
            try put("{}", settings.files.path)
            try put("FLANNEL_SUBNET=10.1.0.1/24\n", settings.files.rangeFile)
            #expect(try clean(host, settings).isEmpty)
            #expect(try File.status(settings.files.path) != nil)
            #expect(try File.status(settings.files.rangeFile) != nil)
        }
    }

    @Test func `what went in between is no failure`() throws {
        try withNode { host, settings in
            let socket = try makeAll(host, settings)
            try host.run {
                var cleanup = try NodeCleanup(settings)
                let objects = try cleanup.find()
                for _ in 1...2 {
                    for object in objects { try cleanup.remove(object) }
                }
            }
            withExtendedLifetime(socket) {}
        }
    }
}
