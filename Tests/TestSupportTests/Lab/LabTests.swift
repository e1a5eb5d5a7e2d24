import Platform
import Testing

@testable import TestSupport

@Suite(.requiresRoot) struct `The lab` {
    @Test func `connects hosts, with both families usable at once`() throws {
        try withLab { lab in
            let (client, server) = try lab.pair()
            let seen = try client.ip("-o addr show dev eth0")
            #expect(seen.contains("10.0.0.1/24") && seen.contains("fd00::1/64"))
            #expect(!seen.contains("tentative"))
            #expect(try server.ip("route get 10.0.0.1").contains("dev eth0"))
        }
    }

    @Test func `routes through a host that forwards`() throws {
        try withLab { lab in
            let client = try lab.host("client")
            let router = try lab.host("router")
            try lab.connect(client, "eth0", ["10.0.1.2/24"], router, "eth0", ["10.0.1.1/24"])
            try router.forward()
            try client.route("default", via: "10.0.1.1")
            #expect(try client.ip("route get 192.0.2.1").contains("via 10.0.1.1"))
            #expect(try router.run { try Sysctl("net.ipv4.ip_forward").read() } == "1")
        }
    }

    @Test func `joins many hosts to one switch`() throws {
        try withLab { lab in
            let bridge = try lab.bridge("switch")
            for number in 1...3 {
                let host = try lab.host("host\(number)")
                try lab.join(host, "eth0", ["10.0.0.\(number)/24"], to: bridge)
            }
            #expect(try bridge.ip("-o link show master bridge").split(separator: "\n").count == 3)
        }
    }

    @Test func `a command that fails throws what it said and where`() throws {
        let host = try Lab().host("here")
        let error = #expect(throws: LabError.self) { try host.ip("link set nothing up") }
        #expect(error?.description.contains("Cannot find device \"nothing\"") == true)
        #expect(error?.description.contains("on here") == true)
    }

    @Test func `names are unique and short enough for a link`() {
        let names = (0..<1000).map { _ in Lab.uniqueName("ab") }
        #expect(Set(names).count == names.count)
        #expect(names.allSatisfy { $0.utf8.count <= 15 })
    }

    @Test func `a host ends with its last reference`() throws {
        let path = try Lab().host("gone").path
        #expect(try !NetworkNamespace.isNetworkNamespace(path))
    }
}

extension Lab {
    /// Two connected hosts.
    func pair() throws -> (Host, Host) {
        let client = try host("client")
        let server = try host("server")
        try connect(
            client, "eth0", ["10.0.0.1/24", "fd00::1/64"],
            server, "eth0", ["10.0.0.2/24", "fd00::2/64"])
        return (client, server)
    }
}
