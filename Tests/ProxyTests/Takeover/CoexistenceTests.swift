import NFTables
import Network
import Platform
import TestSupport
import Testing

@testable import Proxy

@Suite(.requiresRoot) struct `Our table beside others` {
    struct Neighbour: Sendable, CustomTestStringConvertible {
        let name: String
        /// Makes the neighbour on a node.
        let install: @Sendable (Host) throws -> Void
        var testDescription: String { name }
    }

    static let neighbours = [
        Neighbour(name: "rules of iptables-nft") { host in
            for rule in [
                "-t nat -A PREROUTING -p tcp --dport 81 -j DNAT --to-destination 192.168.2.2:8080",
                "-t nat -A POSTROUTING -o eth9 -j MASQUERADE", "-t filter -N DOCKER-USER",
                "-t filter -A FORWARD -j DOCKER-USER", "-t filter -P FORWARD DROP",
                "-t filter -A FORWARD -p tcp --dport 8080 -j ACCEPT",
                "-t filter -A FORWARD -m conntrack --ctstate ESTABLISHED -j ACCEPT",
                "-t raw -A PREROUTING -p udp --dport 4789 -j NOTRACK",
                "-t mangle -A PREROUTING -j MARK --set-mark 0x10",
            ] {
                let words = rule.split(separator: " ").map(String.init)
                try host.command("iptables-nft", ["-w"] + words)
            }
        },
        Neighbour(name: "a table with NAT of its own") { host in
            try host.nft(
                """
                table ip before {
                    chain early { type nat hook prerouting priority -150; policy accept;
                        tcp dport 81 dnat to 192.168.2.2:8080; }
                    chain late { type nat hook postrouting priority 150; policy accept;
                        oifname "eth9" masquerade; }
                }
                table inet after {
                    chain late { type nat hook prerouting priority -50; policy accept;
                        tcp dport 80 dnat ip to 192.168.2.99:1; }
                    chain early { type nat hook postrouting priority 50; policy accept;
                        oifname "eth9" snat ip to 192.0.2.1; }
                }
                """)
        },
        Neighbour(name: "firewalld") { host in
            try host.nft(
                """
                table inet firewalld {
                    chain mangle_PREROUTING { type filter hook prerouting priority mangle + 10;
                        policy accept; }
                    chain nat_PREROUTING { type nat hook prerouting priority dstnat + 10;
                        policy accept; }
                    chain nat_POSTROUTING { type nat hook postrouting priority srcnat + 10;
                        policy accept; oifname "eth9" masquerade; }
                    chain filter_INPUT { type filter hook input priority filter + 10; policy accept;
                        ct state { established, related } accept
                        ct status dnat accept
                        iifname "lo" accept
                        ct state invalid drop
                        tcp dport 22 accept
                        reject with icmpx admin-prohibited; }
                    chain filter_FORWARD { type filter hook forward priority filter + 10;
                        policy accept;
                        ct state { established, related } accept
                        ct status dnat accept
                        iifname "lo" accept
                        ct state invalid drop
                        reject with icmpx admin-prohibited; }
                    chain filter_OUTPUT { type filter hook output priority filter + 10;
                        policy accept; ct state { established, related } accept
                        oifname "lo" accept; }
                }
                """)
        },
        Neighbour(name: "sets of nft 1.1") { host in try host.run { try NewerTable.install() } },
    ]

    @Test(arguments: neighbours)
    func `a service is reached, and neither changes the other`(neighbour: Neighbour) throws {
        try withLab { lab in
            let served = try ServedNode(in: lab)
            try neighbour.install(served.node)
            let theirs = try served.node.nft("list ruleset").withoutOurs
            #expect(!theirs.isEmpty)
            #expect(try served.start() == nil)
            let reply = try served.ask()
            #expect(reply.client.address == IPAddress("192.168.1.2"))
            #expect(try served.differences() == "")
            #expect(try served.node.nft("list ruleset").withoutOurs == theirs)
            // It comes after us, and again.
            try served.node.nft("flush ruleset")
            try served.start()
            try neighbour.install(served.node)
            #expect(try served.differences() == "")
            _ = try served.ask()
            try served.node.run { try ProxyTasks.cleanUp() }
            #expect(try served.node.nft("list ruleset").withoutOurs == theirs)
        }
    }
}

extension String {
    /// The tables of a listing but ours, without what counters have counted.
    fileprivate var withoutOurs: String {
        var isOurs = false
        var lines = [Substring]()
        for line in split(separator: "\n") {
            if line.hasPrefix("table ") { isOurs = line.contains("weft-proxy") }
            if !isOurs, !line.hasPrefix("#") { lines.append(line) }
        }
        return lines.joined(separator: "\n")
            .replacing(#/packets \d+ bytes \d+/#, with: "")
    }
}
