import Network
import Platform
import TestSupport
import Testing

@testable import Proxy

@Suite(.requiresRoot) struct `A client that goes on sending from one port` {
    @Test(arguments: IPFamily.allCases)
    func `S84 is led on when backends come, change and go`(family: IPFamily) throws {
        try withLab { lab in
            let scene = try Scene(lab, family)
            let client = try scene.client.converse(.udp, with: scene.service)
            let reports = CleanupReports()
            let cleaner = try scene.node.run { try ConntrackCleaner { reports.add($0) } }
            let target = StaleCheck.Target(.udp, scene.service)

            try scene.leadServices(to: nil)
            #expect(throws: PlatformError.self) { try client.ask("", within: .milliseconds(50)) }
            try scene.leadServices(to: 5301)
            // The kernel has decided for this port, and nobody asks the rules again.
            #expect(throws: PlatformError.self) { try client.ask("", within: .milliseconds(50)) }
            cleaner.add([StaleCheck(target, .serving([scene.backend(5301)]))])
            try reports.wait(for: 1)
            #expect(try client.ask().server == "one")

            try scene.leadServices(to: 5302)
            #expect(try client.ask().server == "one")
            cleaner.add([StaleCheck(target, .serving([scene.backend(5302)]))])
            try reports.wait(for: 2)
            #expect(try client.ask().server == "two")

            try scene.leadServices(to: nil)
            #expect(try client.ask().server == "two")
            cleaner.add([StaleCheck(target, .serving([]))])
            try reports.wait(for: 3)
            #expect(throws: PlatformError.self) { try client.ask("", within: .milliseconds(50)) }
        }
    }
}

/// A node between a client and two servers of its own, "one" on port 5301 and "two" on 5302.
private struct Scene {
    let client: Host
    let node: Host
    let service: AddressAndPort
    private let address: IPAddress
    private let servers: [Server]

    init(_ lab: Lab, _ family: IPFamily) throws {
        let (prefix, length, service) =
            family == .v4 ? ("10.0.0.", 24, "10.96.0.10") : ("fd00::", 64, "fd00:96::10")
        client = try lab.host("client")
        node = try lab.host("node")
        try lab.connect(
            client, "eth0", ["\(prefix)1/\(length)"], node, "eth0", ["\(prefix)2/\(length)"])
        try client.route("default", via: "\(prefix)2")
        try node.forward()
        // Where packets go that nobody translates: to another machine, which drops them.
        let (near, far) = family == .v4 ? ("10.1.0.1", "10.1.0.2") : ("fd01::1", "fd01::2")
        try lab.connect(
            node, "eth1", ["\(near)/\(length)"], lab.host("away"), "eth0", ["\(far)/\(length)"])
        try node.route("default", via: far)
        self.service = AddressAndPort(try IPAddress(validating: service), 53)
        address = try IPAddress(validating: "\(prefix)2")
        servers = [try node.serve(.udp, 5301, as: "one"), try node.serve(.udp, 5302, as: "two")]
    }

    func backend(_ port: Port) -> AddressAndPort { AddressAndPort(address, port) }

    /// Changes where the node leads new connections.
    ///
    /// Another service stays, for the kernel tracks connections only while some rule needs that.
    func leadServices(to port: Port?) throws {
        let word = address.family == .v4 ? "ip" : "ip6"
        func rule(_ service: Port, _ backend: Port) -> String {
            "\(word) daddr \(self.service.address) udp dport \(service) dnat to \(self.backend(backend))"
        }
        let ours = port.map { rule(53, $0) }
        try node.nft(
            """
            table \(word) test
            delete table \(word) test
            table \(word) test {
                chain prerouting {
                    type nat hook prerouting priority dstnat
                    \(rule(54, 5301))
                    \(ours ?? "")
                }
            }
            """)
    }
}
