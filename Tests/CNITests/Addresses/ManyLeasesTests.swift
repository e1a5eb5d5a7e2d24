import Network
import Platform
import Synchronization
import Testing

@testable import CNI

@Suite("Many leases, and many calls at once")
struct ManyLeasesTests {
    private static let dual =
        #""type":"host-local","ranges":[[{"subnet":"10.1.0.0/20"}],[{"subnet":"fd00::/64"}]]"#

    /// Runs calls on threads of their own, all at once.
    private func atOnce(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) throws {
        let perThread = 25
        var threads: [Box] = []
        for first in stride(from: 0, to: count, by: perThread) {
            threads.append(
                Box(
                    try Thread {
                        for number in first..<min(first + perThread, count) { body(number) }
                    }))
        }
    }

    private final class Box {
        let thread: Thread
        init(_ thread: consuming Thread) { self.thread = thread }
    }

    @Test("200 ADDs at once get 400 addresses, and 200 DELs leave none")
    func parallel() throws {
        try withNetwork(Self.dual) { network throws in
            let network = network
            let given = Mutex<[String]>([])
            try atOnce(200) { number in
                let addresses = (try? network.add("c\(number)")) ?? []
                given.withLock { $0 += addresses }
            }
            let all = given.withLock { $0 }
            #expect(all.count == 400)
            #expect(Set(all).count == 400)
            #expect(try network.leases().count == 400)
            try atOnce(200) { number in try? network.delete("c\(number)") }
            #expect(try network.leases().isEmpty)
            #expect(try network.folder.recordedOwners().isEmpty)
        }
    }

    @Test("two ADDs of one attachment at once get the same address")
    func sameAttachment() throws {
        try withNetwork { network throws in
            let network = network
            let given = Mutex<Set<String>>([])
            try atOnce(200) { number in
                let addresses = (try? network.add("c")) ?? []
                given.withLock { $0.formUnion(addresses) }
            }
            #expect(given.withLock { $0 } == ["10.1.0.2/24"])
            #expect(try network.leases().count == 1)
        }
    }

    @Test("with 4,000 leases, ADD, DEL and STATUS list no folder")
    func noListing() throws {
        try withNetwork(Self.dual) { network throws in
            for number in 1...4000 { try network.add("c\(number)") }
            let folders = [network.folder.leases, network.folder.index]
            let before = try folders.map { try File.status($0)?.accessed }
            sleep(for: .milliseconds(20))
            for number in 1...50 {
                try network.delete("c\(number)")
                try network.add("d\(number)")
                try network.delete("never")
                try AddressPart(network.configuration()).status()
            }
            #expect(try folders.map { try File.status($0)?.accessed } == before)
            // The file system does keep count.
            for folder in folders { _ = try Directory.list(folder) }
            try #require(try folders.map { try File.status($0)?.accessed } != before)
        }
    }

    @Test("a range is given to its last address, and again after all were released")
    func fillAndRefill() throws {
        let ipam = #""type":"host-local","subnet":"10.1.0.0/22""#
        try withNetwork(ipam) { network throws in
            for round in 1...3 {
                var given: Set<String> = []
                for number in 1...1021 {
                    given.formUnion(try network.add("r\(round)c\(number)"))
                }
                #expect(given.count == 1021)
                #expect(failure { try network.add("d") }?.code == .noFreeAddress)
                for number in 1...1021 { try network.delete("r\(round)c\(number)") }
                #expect(try network.leases().isEmpty)
            }
        }
    }

    @Test("a queue that grew long is cut, and nothing is lost")
    func longQueue() throws {
        try withNetwork(#""type":"host-local","subnet":"10.1.0.0/30""#) { network throws in
            let address = try #require(IPAddress("10.1.0.2"))
            let entries = [ReleaseQueue.Entry](
                repeating: .init(address: address, released: .longAgo),
                count: ReleaseQueue.longest)
            try network.add("a")
            try ReleaseQueue.replace(network.folder.released(0), with: entries)
            var queue = try ReleaseQueue(network.folder.released(0))
            try queue.advance(to: queue.end)
            try network.delete("a")
            #expect(try File.status(network.folder.released(0))?.size == 128)
            #expect(try network.add("b") == ["10.1.0.2/30"])
        }
    }
}
