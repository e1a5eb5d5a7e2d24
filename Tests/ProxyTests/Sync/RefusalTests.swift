import Kubernetes
import NFTables
import Netlink
import Network
import Platform
import Testing

@testable import Proxy

@Suite struct `Services that the kernel refuses` {
    private static let bad = 137
    private static let start = MonotonicTime(nanoseconds: 0)

    private static func key(_ number: Int) -> ObjectKey {
        ObjectKey(namespace: "default", name: "s\(number)")
    }

    /// 150 services, each with an endpoint of its own and as many others as `more`.
    private static func write(_ writer: inout StoreWriter, more: Int = 0) {
        for number in 0..<150 {
            writer.put(
                web {
                    $0.metadata.name = "s\(number)"
                    $0.spec.clusterIPs = [
                        ClusterIP("10.96.\(number / 250).\(number % 250 + 1)")
                    ].compactMap(\.self)
                })
            let endpoints = (0...more).map { "10.\($0).\(number / 250).\(number % 250 + 1) ready" }
            writer.put(
                slice(endpoints, "s\(number)-1") {
                    $0.metadata.labels = [EndpointSlice.serviceLabel: "s\(number)"]
                }.value)
        }
    }

    /// The bad service's second endpoint, as transactions print it: 10.1.0.138.
    private static let badEndpoint = "0x0a01008a"
    private static let badAddress = "0x0a60008a"

    private typealias Synced = SyncedFamily<RefusingRuleset>

    private func programmed() throws -> Synced {
        var synced = Synced(.v4, RefusingRuleset())
        _ = synced.write { Self.write(&$0) }
        _ = try synced.start()
        return synced
    }

    /// Adds an endpoint to each service, with which the bad one is refused.
    private func broken() throws -> Synced {
        var synced = try programmed()
        synced.ruleset.refusedWords = Self.badEndpoint
        try synced.failToChange { Self.write(&$0, more: 1) }
        let before = synced.ruleset.attempts
        let outcome = try synced.start()
        let attempts = synced.ruleset.attempts - before
        #expect(attempts <= 22, "\(attempts)")
        #expect(Array(outcome.refused.keys) == [Self.key(Self.bad)])
        return synced
    }

    private func backends(_ synced: borrowing Synced, _ number: Int) -> Int? {
        synced.sync.plan?.placedPorts(of: Self.key(number)).first?.fullMeaning.cluster.count
    }

    @Test func `are found by halves, and stay as they were, with all others changed`() throws {
        var synced = try broken()
        #expect(Array(synced.sync.refused.keys) == [Self.key(Self.bad)])
        #expect(synced.sync.suspectKeys == [])
        let counts = (0..<150).map { backends(synced, $0) }
        #expect(counts.enumerated().allSatisfy { $0.element == ($0.offset == Self.bad ? 1 : 2) })
        let left = try synced.planDifferences()
        #expect(left == "")
    }

    @Test func `are tried again with twice the delay each time, up to the limit`() throws {
        var synced = try broken()
        var delays: [Duration] = []
        var now = try #require(synced.sync.nextRetry)
        for _ in 0..<6 {
            let outcome = try synced.sync.retry(
                synced.wanted, synced.networks, at: now, limit: .seconds(10), &synced.ruleset)
            #expect(Array(outcome.refused.keys) == [Self.key(Self.bad)])
            let next = try #require(synced.sync.nextRetry)
            delays.append(next - now)
            now = next
        }
        #expect(delays == [2, 4, 8, 10, 10, 10].map { .seconds($0) })
    }

    @Test func `are applied when they are mended, by a retry or by a change`() throws {
        var synced = try broken()
        var other = try broken()
        synced.ruleset.refusedWords = nil
        let now = try #require(synced.sync.nextRetry)
        _ = try synced.sync.retry(
            synced.wanted, synced.networks, at: now, limit: .seconds(10), &synced.ruleset)
        try other.change { Self.write(&$0) }
        for (count, left) in [
            (backends(synced, Self.bad), try synced.differences()),
            (backends(other, Self.bad), try other.differences()),
        ] {
            #expect(count != nil && left == "")
        }
        #expect(synced.sync.refused.isEmpty && other.sync.refused.isEmpty)
        #expect(synced.sync.nextRetry == nil)
    }

    @Test func `do not keep a node from starting`() throws {
        var synced = Synced(.v4, RefusingRuleset())
        synced.ruleset.refusedWords = Self.badAddress
        _ = synced.write { Self.write(&$0) }
        let outcome = try synced.start()
        #expect(Array(outcome.refused.keys) == [Self.key(Self.bad)])
        #expect(synced.sync.plan?.serviceCount == 149)
        #expect(synced.ruleset.attempts <= 26, "\(synced.ruleset.attempts)")
    }

    @Test func `do not keep a proxy from starting upon what they were before`() throws {
        var synced = try programmed()
        synced.ruleset.refusedWords = Self.badEndpoint
        _ = synced.write { Self.write(&$0, more: 1) }
        let outcome = try synced.start()
        #expect(Array(outcome.refused.keys) == [Self.key(Self.bad)])
        #expect(backends(synced, Self.bad) == 1 && backends(synced, 5) == 2)
        let left = try synced.planDifferences()
        #expect(left == "")
    }

    @Test(arguments: [
        NFTablesError.Code.refused(.outOfMemory), .generationMismatch, .netlink(.overrun),
    ])
    func `once only, or at a reading, are all there in the end`(code: NFTablesError.Code) throws {
        for isReading in [false, true] {
            var synced = try programmed()
            synced.ruleset.nextErrors = [code]
            try synced.failToChange { Self.write(&$0, more: 1) }
            if isReading {
                synced.ruleset.readErrors = [code, code]
                try synced.failToStart()
            } else {
                synced.ruleset.nextErrors = [code]
            }
            // A change that was made upon something else is to be made anew.
            for _ in 0..<3 where synced.sync.plan == nil { _ = try? synced.start() }
            let left = try synced.differences()
            #expect(left == "" && synced.sync.refused.isEmpty)
            #expect(synced.sync.suspectKeys == [])
        }
    }

    @Test func `the table is not taken for known when a comparison cannot read it`() throws {
        var synced = try programmed()
        synced.ruleset.readErrors = [.netlink(.overrun)]
        try synced.failToStart()
    }
}

extension SyncedFamily where Rules: ~Copyable {
    /// Makes a change that must fail, after which nothing is known of the table.
    fileprivate mutating func failToChange(_ body: (inout StoreWriter) -> Void) throws {
        let outcome = try? change(body)
        try #require(outcome == nil && sync.plan == nil)
    }

    fileprivate mutating func failToStart() throws {
        let outcome = try? start()
        try #require(outcome == nil && sync.plan == nil)
    }
}
