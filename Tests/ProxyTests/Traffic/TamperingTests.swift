import Kubernetes
import Network
import Platform
import TestSupport
import Testing

@testable import Proxy

@Suite(.requiresRoot) struct `A table that others change` {
    /// A proxy with a service, and what nft lists of its table when all is well.
    private struct Scene {
        let lab: ProxyLab
        let proxy: RunningProxy
        let word: String
        let listed: String

        init(_ family: IPFamily) throws {
            lab = try ProxyLab(family)
            proxy = try lab.start()
            word = family == .v4 ? "ip" : "ip6"
            let addresses = lab.addresses
            let service = addresses.service("web", 1) { service in
                service.expose(1, addresses)
                service.spec.sessionAffinity = .clientIP
            }
            try proxy.put(service, addresses.slice(of: "web", pods: "near1", "there1"))
            // Spare rotations are made when nothing has happened for a moment.
            sleep(for: ServiceProxy.restockDelay * 3)
            listed = try lab.node.list(word)
        }

        func server() throws -> String? {
            try lab.client.answer(.tcp, lab.addresses.service(1)).server
        }

        /// Waits until the table has all that it had.
        func awaitRepair(after damage: String) throws {
            let deadline = MonotonicTime.now + .patience
            while try lab.node.list(word) != listed {
                guard MonotonicTime.now < deadline else {
                    throw LabError("the table is not as before \(damage)")
                }
                sleep(for: .milliseconds(5))
            }
        }
    }

    @Test(arguments: [
        "delete table ip weft-proxy", "flush table ip weft-proxy", "flush ruleset",
        "flush map ip weft-proxy services", "flush map ip weft-proxy endpoints",
        "flush chain ip weft-proxy nat-prerouting", "add rule ip weft-proxy dispatch counter",
        "add chain ip weft-proxy stranger", "flush map ip weft-proxy turns",
    ])
    func `is put right at once, whatever they do`(damage: String) throws {
        let scene = try Scene(.v4)
        try scene.lab.explaining {
            let begin = MonotonicTime.now
            try scene.lab.node.nft(damage)
            try scene.proxy.awaitRepair(1)
            let time = MonotonicTime.now - begin
            #expect(time < .seconds(2))
            #expect(try scene.server() != nil)
            print("\(damage): put right after \(time)")
            sleep(for: .milliseconds(200))
            #expect(scene.proxy.repairs == 1)
        }
    }

    @Test(arguments: IPFamily.allCases)
    func `keeps clients with their backends while rules are put right`(family: IPFamily) throws {
        let scene = try Scene(family)
        try scene.lab.explaining {
            let first = try scene.server()
            #expect(first != nil)
            for damage in ["nat-prerouting", "dispatch", "pick"] {
                let before = scene.proxy.repairs
                try scene.lab.node.nft("flush chain \(scene.word) weft-proxy \(damage)")
                try scene.proxy.awaitRepair(before + 1)
                #expect(try scene.server() == first, "after flushing \(damage)")
            }
        }
    }

    @Test func `is neither read nor repaired for what happens in other tables`() throws {
        let scene = try Scene(.v4)
        try scene.lab.explaining {
            for number in 0..<50 {
                try scene.lab.node.nft("table ip other\(number) { chain c { counter; }; }")
            }
            sleep(for: .milliseconds(300))
            #expect(scene.proxy.repairs == 0)
            #expect(try scene.lab.node.list(scene.word) == scene.listed)
        }
    }

    @Test func `is repaired a few times a second when somebody changes it all the time`() throws {
        let scene = try Scene(.v4)
        try scene.lab.explaining {
            let end = MonotonicTime.now + .seconds(3)
            var count = 0
            while MonotonicTime.now < end {
                _ = try? scene.lab.node.nft("flush chain ip weft-proxy dispatch")
                count += 1
            }
            #expect((1...8).contains(scene.proxy.repairs), "\(count) changes")
            try scene.awaitRepair(after: "all of them")
        }
    }
}

extension Host {
    /// The proxy's chains and their rules.
    fileprivate func list(_ word: String) throws -> String {
        (try? nft("list table \(word) weft-proxy")) ?? ""
    }
}
