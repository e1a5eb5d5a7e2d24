import Kubernetes
import NFTables
import Network
import Platform
import Synchronization
import TestSupport
import Testing

@testable import Proxy

@Suite(.requiresRoot) struct `Taking over from kube-proxy` {
    /// What kube-proxy's iptables mode writes for one service, and what others have beside it.
    private static let iptables = [
        "-t nat -N KUBE-SERVICES", "-t nat -N KUBE-POSTROUTING", "-t nat -N KUBE-MARK-MASQ",
        "-t nat -N KUBE-NODEPORTS", "-t nat -N KUBE-SVC-ABC", "-t nat -N KUBE-SEP-ABC",
        "-t nat -N KUBE-PROXY-CANARY", "-t mangle -N KUBE-PROXY-CANARY",
        "-t filter -N KUBE-FORWARD", "-t filter -N KUBE-EXTERNAL-SERVICES",
        "-t nat -A PREROUTING -m comment --comment portals -j KUBE-SERVICES",
        "-t nat -A OUTPUT -m comment --comment portals -j KUBE-SERVICES",
        "-t nat -A POSTROUTING -j KUBE-POSTROUTING",
        "-t nat -A KUBE-MARK-MASQ -j MARK --or-mark 0x4000",
        "-t nat -A KUBE-POSTROUTING -m mark ! --mark 0x4000/0x4000 -j RETURN",
        "-t nat -A KUBE-POSTROUTING -j MASQUERADE --random-fully",
        "-t nat -A KUBE-SERVICES -d ADDRESS -p tcp --dport 80 -j KUBE-SVC-ABC",
        "-t nat -A KUBE-SERVICES -m addrtype --dst-type LOCAL -j KUBE-NODEPORTS",
        "-t nat -A KUBE-SVC-ABC -m statistic --mode random --probability 0.5 -j KUBE-SEP-ABC",
        "-t nat -A KUBE-SEP-ABC -s ADDRESS -j KUBE-MARK-MASQ",
        "-t nat -A KUBE-SEP-ABC -p tcp -j DNAT --to-destination TARGET",
        "-t filter -A FORWARD -j KUBE-FORWARD",
        "-t filter -A INPUT -m conntrack --ctstate NEW -j KUBE-EXTERNAL-SERVICES",
        "-t filter -A KUBE-FORWARD -m mark --mark 0x4000/0x4000 -j ACCEPT",
    ]
    private static let others = [
        "-t filter -N KUBE-FIREWALL", "-t mangle -N KUBE-KUBELET-CANARY",
        "-t mangle -N KUBE-IPTABLES-HINT", "-t nat -N KUBE-SERVICES-OF-OURS",
        "-t filter -A INPUT -j KUBE-FIREWALL", "-t filter -A OUTPUT -j KUBE-FIREWALL",
        "-t filter -A KUBE-FIREWALL -m mark --mark 0x8000/0x8000 -j DROP",
        "-t nat -A PREROUTING -p tcp --dport 7 -j REDIRECT --to-ports 77",
        "-t nat -A POSTROUTING -o eth7 -j MASQUERADE",
        "-t nat -A PREROUTING -j KUBE-SERVICES-OF-OURS", "-t filter -A FORWARD -i eth7 -j ACCEPT",
    ]

    private func run(_ rules: [String], _ family: IPFamily, on host: Host) throws {
        let (program, address, target) =
            family == .v4
            ? ("iptables-nft", "10.96.0.9/32", "10.0.0.1:80")
            : ("ip6tables-nft", "fd00:96::9/128", "[fd00::1]:80")
        for rule in rules {
            let words = rule.replacing("ADDRESS", with: address)
                .replacing("TARGET", with: target)
            try host.command(program, ["-w"] + words.split(separator: " ").map(String.init))
        }
    }

    private func rules(_ family: IPFamily, on host: Host) throws -> [String] {
        let program = family == .v4 ? "iptables-nft-save" : "ip6tables-nft-save"
        let lines = try host.command(program, []).split(separator: "\n")
        return lines.filter { $0.hasPrefix("-A") || $0.hasPrefix(":KUBE") }
            .map { String($0.prefix { $0 != "[" }) }.sorted()
    }

    /// Makes our table, taking over what is there.
    private func start(
        _ family: IPFamily, on host: Host, takeover change: (inout Takeover) -> Void = { _ in }
    ) throws -> NFTablesError? {
        let settings = ProxySettings(nodeName: "n1")
        return try host.run {
            var kernel = try KernelRuleset()
            let wanted = WantedServices(
                snapshot: Snapshot(), node: here, family: family, settings: ModelSettings(),
                nodeAddress: nil)
            var sync = FamilySync(settings.table(of: family), seed: 1)
            var takeover = try Takeover(family, from: &kernel)
            change(&takeover)
            return try sync.recover(
                wanted, NodeNetworks(), takingOver: takeover, &kernel
            ).leftBehind
        }
    }

    @Test(arguments: IPFamily.allCases)
    func `S110 its chains of iptables go, and all else stays`(family: IPFamily) throws {
        let (host, clean) = (try Lab().host("node"), try Lab().host("clean"))
        try run(Self.others, family, on: clean)
        try run(Self.others + Self.iptables, family, on: host)
        #expect(try start(family, on: host) == nil)
        #expect(try rules(family, on: host) == rules(family, on: clean))
        #expect(try host.nft("list tables").contains("weft-proxy"))
        let again = try host.run {
            var kernel = try KernelRuleset()
            return try Takeover(family, from: &kernel).isEmpty
        }
        #expect(again)
    }

    @Test func `a chain that somebody else's chain leads to stays as it works`() throws {
        let host = try Lab().host("node")
        let foreign = [
            "-t nat -N CNI-DN-1", "-t nat -A CNI-DN-1 -j KUBE-MARK-MASQ",
            "-t nat -A PREROUTING -p tcp --dport 8 -j CNI-DN-1",
        ]
        try run(Self.iptables + foreign, .v4, on: host)
        #expect(try start(.v4, on: host) == nil)
        let left = try rules(.v4, on: host).joined(separator: "\n")
        for kept in [
            "-A CNI-DN-1 -j KUBE-MARK-MASQ", "-A POSTROUTING -j KUBE-POSTROUTING",
            "-A KUBE-MARK-MASQ -j MARK", "-A KUBE-POSTROUTING -j MASQUERADE",
        ] { #expect(left.contains(kept)) }
        #expect(!left.contains("KUBE-SERVICES") && !left.contains("KUBE-SEP"))
    }

    @Test func `what cannot be removed does not keep our table from being made`() throws {
        let host = try Lab().host("node")
        try run(Self.iptables, .v4, on: host)
        let error = try start(.v4, on: host) { takeover in
            // As if somebody had removed a rule meanwhile.
            _ = try? host.nft("flush chain ip nat PREROUTING")
        }
        #expect(error?.errno == .noSuchEntry)
        #expect(try host.nft("list tables").contains("table ip weft-proxy"))
    }

    /// kube-proxy's table for the service, in the order of its nftables mode.
    private static let table = """
        table ip kube-proxy {
            map service-ips { type ipv4_addr . inet_proto . inet_service : verdict
                elements = { 10.96.0.1 . tcp . 80 : goto service-web }; }
            chain endpoint { meta l4proto tcp dnat to 192.168.2.2:8080; }
            chain service-web { numgen random mod 1 vmap { 0 : goto endpoint }; }
            chain services { ip daddr . meta l4proto . th dport vmap @service-ips; }
            chain nat-prerouting { type nat hook prerouting priority dstnat; jump services; }
            chain nat-output { type nat hook output priority -100; jump services; }
        }
        """

    @Test func `S110 its table goes in the transaction that makes ours, and no connection fails`()
        throws
    {
        try withLab { lab in
            let served = try ServedNode(in: lab)
            try served.node.nft(Self.table)
            let isStopped = Flag()
            let failures = Mutex<[String]>([])
            let asked = Atomic(0)
            let asker = try Thread {
                while !isStopped.isSet {
                    asked.add(1, ordering: .relaxed)
                    do { _ = try served.ask() } catch {
                        failures.withLock { $0.append("\(error)") }
                    }
                }
            }
            try served.start()
            #expect(try !served.node.nft("list tables").contains("kube-proxy"))
            let before = asked.load(ordering: .relaxed)
            while asked.load(ordering: .relaxed) < before + 20 { sleep(for: .milliseconds(1)) }
            isStopped.set()
            asker.join()
            #expect(failures.withLock { $0 } == [])
            #expect(try served.ask().client.address == IPAddress("192.168.1.2"))
        }
    }

    @Test func `cleaning up removes our tables, and nothing else`() throws {
        let host = try Lab().host("node")
        try run(Self.others, .v4, on: host)
        let before = try host.nft("list ruleset")
        for family in IPFamily.allCases { _ = try start(family, on: host) }
        #expect(try host.nft("list tables").contains("table ip6 weft-proxy"))
        try host.run {
            try ProxyTasks.cleanUp()
            try ProxyTasks.cleanUp()
        }
        #expect(try host.nft("list ruleset") == before)
    }
}
