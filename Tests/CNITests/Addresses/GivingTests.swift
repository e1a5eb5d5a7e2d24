import Network
import Platform
import Testing

@testable import CNI

@Suite("Addresses are given and released")
struct GivingTests {
    @Test("host-local: the gateway is the subnet's first address and is not given")
    func order() throws {
        try withNetwork { network throws in
            #expect(try network.add("a") == ["10.1.0.2/24"])
            #expect(try network.add("b") == ["10.1.0.3/24"])
            #expect(try network.result("c").addresses.first?.gateway == IPAddress("10.1.0.1"))
            #expect(
                try network.leases() == [
                    "10.1.0.2": "a\r\neth0", "10.1.0.3": "b\r\neth0", "10.1.0.4": "c\r\neth0",
                ])
        }
    }

    @Test("C25: DEL removes the lease, twice or for a container that never was")
    func delete() throws {
        try withNetwork { network throws in
            try network.delete("a")
            #expect(try File.status(network.folder.leases) == nil)
            try network.add("a")
            try network.add("b")
            try network.delete("a")
            try network.delete("a")
            try network.delete("c")
            #expect(try network.leases() == ["10.1.0.3": "b\r\neth0"])
        }
    }

    @Test("never-given addresses come first, then the longest released")
    func longestReleased() throws {
        try withNetwork(#""type":"host-local","subnet":"10.1.0.0/29""#) { network throws in
            for name in ["a", "b", "c", "d"] { try network.add(name) }
            for name in ["c", "a", "b"] { try network.delete(name) }
            #expect(try network.add("e") == ["10.1.0.6/29"])
            #expect(try network.add("f") == ["10.1.0.4/29"])
            #expect(try network.add("g") == ["10.1.0.2/29"])
            #expect(try network.add("h") == ["10.1.0.3/29"])
            #expect(failure { try network.add("i") }?.code == .noFreeAddress)
        }
    }
}
