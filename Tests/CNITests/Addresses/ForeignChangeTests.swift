import Network
import Platform
import Testing

@testable import CNI

@Suite("Leases that others make and remove")
struct ForeignChangeTests {
    @Test("host-local's are taken over: neither given again nor left by DEL")
    func takeOver() throws {
        try withNetwork { network throws in
            try network.write("old\r\neth0", to: "10.1.0.2")
            try network.write("old\r\neth1", to: "10.1.0.3")
            try network.write("10.1.0.3", to: "last_reserved_ip.0")
            #expect(try network.add("a") == ["10.1.0.4/24"])
            #expect(try network.record("old")?.addresses == [try #require(IPAddress("10.1.0.2"))])
            #expect(try network.add("old") == ["10.1.0.2/24"])
            try network.delete("old")
            #expect(try network.leases().keys.sorted() == ["10.1.0.3", "10.1.0.4"])
        }
    }

    @Test("those of old versions, without interface, are released by DEL of any")
    func withoutInterface() throws {
        try withNetwork { network throws in
            try network.write("old", to: "10.1.0.2")
            try network.write(" other \n", to: "10.1.0.3")
            try network.delete("old", "eth7")
            #expect(try network.leases().keys.sorted() == ["10.1.0.3"])
            try network.delete("other")
            #expect(try network.leases().isEmpty)
        }
    }

    @Test("a lease that another program makes right after ours is noticed")
    func atOnce() throws {
        try withNetwork { network throws in
            for number in 1...20 {
                try network.add("a\(number)")
                try network.write("b\(number)\r\neth0", to: "10.1.0.\(200 + number)")
                try network.delete("b\(number)")
            }
            #expect(try network.leases().count == 20)
        }
    }

    @Test("one that is removed by hand is free again, and DEL of its owner takes no other's")
    func removedByHand() throws {
        try withNetwork(#""type":"host-local","subnet":"10.1.0.0/30""#) { network throws in
            try network.add("a")
            try File.remove(network.folder.lease(try #require(IPAddress("10.1.0.2"))))
            #expect(try network.add("b") == ["10.1.0.2/30"])
            #expect(try network.record("a") == nil)
            try network.delete("a")
            #expect(try network.leases() == ["10.1.0.2": "b\r\neth0"])
        }
    }

    @Test("the index can be removed: it is made again")
    func withoutIndex() throws {
        try withNetwork { network throws in
            try network.add("a")
            try network.add("b")
            for name in try Directory.list(network.folder.index) {
                try File.remove("\(network.folder.index)/\(name)")
            }
            try Directory.remove(network.folder.index)
            try network.delete("a")
            #expect(try network.add("b") == ["10.1.0.3/24"])
            #expect(try network.leases() == ["10.1.0.3": "b\r\neth0"])
        }
    }

    @Test("host-local's round made the order begin again: what it holds is passed over")
    func wrapped() throws {
        try withNetwork(#""type":"host-local","subnet":"10.1.0.0/24""#) { network throws in
            for host in 2...253 { try network.write("c\(host)\r\neth0", to: "10.1.0.\(host)") }
            try network.write("10.1.0.5", to: "last_reserved_ip.0")
            #expect(try network.add("a") == ["10.1.0.254/24"])
            try network.delete("c100")
            #expect(try network.add("b") == ["10.1.0.100/24"])
            let error = try #require(failure { try network.add("c") })
            #expect(error.code == .noFreeAddress)
            #expect(error.details.contains("there are 253 leases in \(network.folder.leases)"))
            #expect(error.details.contains("weft ipam list"))
        }
    }

    @Test("what was free before the order began there is found before a range is exhausted")
    func freeBefore() throws {
        try withNetwork(#""type":"host-local","subnet":"10.1.0.0/29""#) { network throws in
            try network.write("10.1.0.6", to: "last_reserved_ip.0")
            let given = try (1...5).flatMap { try network.add("c\($0)") }
            #expect(given == (2...6).map { "10.1.0.\($0)/29" })
            #expect(failure { try network.add("d") }?.code == .noFreeAddress)
        }
    }

    @Test("a cursor that is none, or of other ranges, begins at the start")
    func strangeCursor() throws {
        for cursor in ["", "x", "10.9.0.1", "fd00::1", "10.1.0.300"] {
            try withNetwork { network throws in
                try network.write(cursor, to: "last_reserved_ip.0")
                #expect(try network.add("a") == ["10.1.0.2/24"])
            }
        }
    }
}
