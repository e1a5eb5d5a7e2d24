import Network
import Platform
import Testing

@testable import CNI

@Suite("An attachment's second ADD")
struct RepeatTests {
    private static let dual = #""ranges":[[{"subnet":"10.1.0.0/24"}],[{"subnet":"fd00::/64"}]]"#

    @Test("C18: gives what the attachment has, and nothing to another interface of it")
    func same() throws {
        try withNetwork(Self.dual) { network throws in
            let first = try network.add("a")
            #expect(try network.add("a") == first)
            #expect(try network.add("a", "eth1") == ["10.1.0.3/24", "fd00::3/64"])
            #expect(try network.leases().count == 4)
        }
    }

    @Test("host-local, when it is run, refuses it and leaves the first one's address")
    func duplicate() throws {
        try withNetwork { network throws in
            try network.add("a", of: .hostLocal)
            for arguments in ["", "IP=10.1.0.9"] {
                let error = failure {
                    try network.add("a", arguments: arguments, of: .hostLocal)
                }
                #expect(error?.details.contains("duplicate allocation") == true)
            }
            #expect(try network.leases() == ["10.1.0.2": "a\r\neth0"])
            #expect(try network.add("a", "eth1", of: .hostLocal) == ["10.1.0.3/24"])
        }
    }

    @Test("after a change of the ranges, releases what is of none of them")
    func otherRanges() throws {
        try withNetwork(Self.dual) { network throws in
            try network.add("a")
            network.ipam = #""ranges":[[{"subnet":"10.2.0.0/24"}],[{"subnet":"fd00::/64"}]]"#
            #expect(try network.add("a") == ["10.2.0.2/24", "fd00::2/64"])
            #expect(try network.leases().keys.sorted() == ["10.2.0.2", "fd00::2"])
            network.ipam = #""subnet":"fd00::/64""#
            #expect(try network.add("a") == ["fd00::2/64"])
            try network.delete("a")
            #expect(try network.leases().isEmpty)
        }
    }

    @Test("with another address asked for, exchanges them")
    func exchange() throws {
        try withNetwork { network throws in
            try network.add("a")
            #expect(try network.add("a", arguments: "IP=10.1.0.9") == ["10.1.0.9/24"])
            #expect(try network.leases().keys.sorted() == ["10.1.0.9"])
        }
    }

    @Test("that fails leaves what the attachment had")
    func failed() throws {
        try withNetwork(Self.dual) { network throws in
            try network.add("a")
            try network.add("b")
            let before = try network.leases()
            #expect(failure { try network.add("a", arguments: "IP=10.1.0.3") } != nil)
            #expect(try network.leases() == before)
            try network.delete("a")
            #expect(try network.leases().count == 2)
        }
    }
}
