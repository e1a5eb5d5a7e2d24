import Network
import Platform
import Testing

@testable import CNI

@Suite("GC and reclaiming of addresses")
struct GarbageTests {
    private func collect(_ network: TestNetwork, keeping containers: [String]) throws {
        let valid = try containers.map { try network.call($0).attachment }
        try AddressPart.collectGarbage(of: network.configuration(), keeping: Set(valid))
    }

    @Test("C28: releases what is not listed, ours and host-local's")
    func collects() throws {
        try withNetwork { network throws in
            for name in ["a", "b", "c"] { try network.add(name) }
            try network.add("a", "eth1")
            try network.write("d\r\neth0", to: "10.1.0.50")
            try network.write("e", to: "10.1.0.51")
            try network.write("f", to: "10.1.0.52")
            try collect(network, keeping: ["a", "c", "e"])
            #expect(
                try network.leases() == [
                    "10.1.0.2": "a\r\neth0", "10.1.0.4": "c\r\neth0", "10.1.0.51": "e",
                ])
            try collect(network, keeping: [])
            #expect(try network.leases().isEmpty)
            try collect(network, keeping: [])
        }
    }

    @Test("C28: keeps nothing for an attachment of another network, and touches no other network")
    func otherNetworks() throws {
        try withNetwork { network throws in
            try network.add("a")
            var other = network
            other.name = "weft-ipam-other"
            try other.add("a")
            let valid = try Set([other.call("a").attachment])
            try AddressPart.collectGarbage(of: network.configuration(), keeping: valid)
            #expect(try network.leases().isEmpty)
            #expect(try other.leases().count == 1)
        }
    }

    @Test("C28: without leases nothing is made")
    func nothingThere() throws {
        try withNetwork { network throws in
            try collect(network, keeping: [])
            #expect(try Directory.list(network.dataDirectory).isEmpty)
        }
    }

    @Test("C31: DEL and GC work whatever ipam says by then")
    func otherConfiguration() throws {
        for ipam in ["", #""subnet":"10.9.0.0/24""#, #""subnet":7"#, #""rangeFile":"/none""#] {
            try withNetwork { network throws in
                try network.add("a")
                try network.add("b")
                network.ipam = ipam.isEmpty ? #""type":"static""# : ipam
                try network.delete("a")
                try collect(network, keeping: [])
                #expect(try network.leases().isEmpty)
            }
        }
    }

    @Test("leases of an earlier boot are released by the first call")
    func earlierBoot() throws {
        try withNetwork { network throws in
            for name in ["a", "b"] { try network.add(name) }
            try network.write("old\r\neth0", to: "10.1.0.9")
            try network.delete("none")
            for name in ["a", "old"] { try network.changeRecord(name) { $0.bootID = "earlier" } }
            // A boot makes another mark.
            try network.touch()
            #expect(try network.add("c") == ["10.1.0.4/24"])
            #expect(try network.leases().keys.sorted() == ["10.1.0.3", "10.1.0.4"])
        }
    }

    @Test("a link of another namespace's host is not looked for here")
    func otherHost() throws {
        try withNetwork(#""type":"weft-ipam","subnet":"10.1.0.0/30""#) { network throws in
            let name = try InterfaceName(validating: "none1")
            try network.add("a")
            try network.changeRecord("a") {
                $0.hostLink = HostLink(name, in: 1)
                $0.given = .longAgo
            }
            #expect(failure { try network.add("b") }?.code == .noFreeAddress)
            try network.folder.reclaim()
            #expect(try network.leases().count == 1)
        }
    }

    @Test("an exhausted range gives what leaked: the link is gone and the lease is not young")
    func leaked() throws {
        try withNetwork(#""type":"weft-ipam","subnet":"10.1.0.0/29""#) { network throws in
            let namespace = try HostLink.currentNamespace()
            let links = ["none1", "none2", "lo", nil, "none3"]
            for (number, link) in links.enumerated() {
                try network.add("c\(number)")
                let name = try link.map { try InterfaceName(validating: $0) }
                try network.changeRecord("c\(number)") {
                    $0.hostLink = name.map { HostLink($0, in: namespace) }
                    if number != 1 { $0.given = .longAgo }
                }
            }
            #expect(try network.add("d") == ["10.1.0.2/29"])
            #expect(try network.add("e") == ["10.1.0.6/29"])
            #expect(failure { try network.add("f") }?.code == .noFreeAddress)
            #expect(try network.leases().count == 5)
        }
    }
}
