import Network
import Platform
import Testing

@testable import CNI

@Suite("Leases shared with the reference host-local", .requiresHostLocal)
struct HostLocalCompatibilityTests {
    private static let dual =
        #""type":"host-local","ranges":[[{"subnet":"10.1.0.0/28"}],[{"subnet":"fd00::/64"}]]"#

    /// A network that both programs understand, and the other program.
    private func withBoth(
        _ ipam: String = dual, _ body: (TestNetwork, HostLocalProgram) throws -> Void
    ) throws {
        try withNetwork(ipam) { network throws in
            network.version = "1.0.0"
            try body(network, HostLocalProgram(network: network))
        }
    }

    @Test("each releases and checks what the other gave")
    func eachOthers() throws {
        try withBoth { ours, theirs throws in
            #expect(try theirs.run("ADD", "a").get() == ["10.1.0.2/28", "fd00::2/64"])
            #expect(try ours.add("b") == ["10.1.0.3/28", "fd00::3/64"])
            #expect(try theirs.run("ADD", "c").get() == ["10.1.0.4/28", "fd00::4/64"])
            _ = try theirs.run("CHECK", "b").get()
            var result = NetworkResult()
            result.addresses = try ["10.1.0.4/28", "fd00::4/64"].map {
                .init(try #require(CIDR($0)))
            }
            try AddressPart(ours.configuration()).check(ours.call("c"), result)

            try ours.delete("a")
            _ = try theirs.run("DEL", "b").get()
            #expect(try ours.leases().keys.sorted() == ["10.1.0.4", "fd00::4"])
            try ours.delete("c")
            try ours.delete("b")
            #expect(try ours.leases().isEmpty)
        }
    }

    @Test("both write the same files")
    func sameFiles() throws {
        try withBoth { ours, theirs throws in
            try ours.add("a")
            let files = try ours.leases()
            let cursor = try File.read(ours.folder.cursor(0))
            try ours.delete("a")
            try File.remove(ours.folder.cursor(0))
            try File.remove(ours.folder.cursor(1))
            _ = try theirs.run("ADD", "a").get()
            #expect(try ours.leases() == files)
            #expect(try File.read(ours.folder.cursor(0)) == cursor)
        }
    }

    @Test("taking turns, they give every address once until the range is full, and again")
    func turns() throws {
        try withBoth(#""type":"host-local","subnet":"10.1.0.0/28""#) { ours, theirs throws in
            for round in 1...3 {
                var given: [String] = []
                for number in 1...13 {
                    let name = "r\(round)c\(number)"
                    given +=
                        (number + round) % 2 == 0
                        ? try ours.add(name) : try theirs.run("ADD", name).get()
                }
                #expect(Set(given).count == 13)
                #expect(failure { try ours.add("d") }?.code == .noFreeAddress)
                #expect(throws: HostLocalProgram.ProgramFailure.self) {
                    try theirs.run("ADD", "d").get()
                }
                for number in 1...13 {
                    let name = "r\(round)c\(number)"
                    if number % 3 == 0 {
                        try ours.delete(name)
                    } else {
                        _ = try theirs.run("DEL", name).get()
                    }
                }
                #expect(try ours.leases().isEmpty)
            }
        }
    }

    @Test("at once, they give no address twice")
    func atOnce() throws {
        let ipam = #""type":"host-local","subnet":"10.1.0.0/24""#
        try withBoth(ipam) { ours, theirs throws in
            let thread = try Thread {
                for number in 1...60 { _ = try? theirs.run("ADD", "t\(number)") }
            }
            for number in 1...60 { try ours.add("o\(number)") }
            thread.join()
            let leases = try ours.leases()
            #expect(leases.count == 120)
            #expect(Set(leases.values).count == 120)
            for number in 1...60 {
                try ours.delete("t\(number)")
                _ = try theirs.run("DEL", "o\(number)").get()
            }
            #expect(try ours.leases().isEmpty)
        }
    }

    @Test("what the one refuses in a configuration, the other refuses too")
    func refusals() throws {
        for ipam in [
            #""ranges":[]"#, #""subnet":"10.1.0.0/31""#, #""subnet":"10.1.0.1/24""#,
            #""subnet":"10.1.0.0/24","rangeStart":"10.2.0.0""#,
            #""subnet":"10.1.0.0/24","rangeStart":"10.1.0.9","rangeEnd":"10.1.0.8""#,
            #""ranges":[[{"subnet":"10.1.0.0/24"},{"subnet":"fd00::/64"}]]"#,
            #""ranges":[[{"subnet":"10.1.0.0/24"}],[{"subnet":"10.1.0.0/25"}]]"#,
        ] {
            try withBoth(ipam) { ours, theirs throws in
                #expect(failure { try ours.add("a") } != nil)
                #expect(throws: HostLocalProgram.ProgramFailure.self) {
                    try theirs.run("ADD", "a").get()
                }
            }
        }
    }
}
