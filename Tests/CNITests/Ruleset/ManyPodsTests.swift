import NFTables
import Network
import Platform
import Synchronization
import TestSupport
import Testing

@testable import CNI

@Suite("Many pods at once", .requiresRoot)
struct ManyPodsTests {
    private func pod(_ number: Int) throws -> PortPod {
        let low = "\(number / 250).\(number % 250 + 2)"
        return try PortPod("c\(number)", ["10.1.\(low)/16", "fd00::\(number + 2)/64"])
    }

    private func parts(_ number: Int) throws -> (HostPortPart, MasqueradePart) {
        (
            try HostPortPart(.publishing(.mapping(10_000 + number, to: 80))),
            try MasqueradePart(NetworkConfiguration(#""ipMasq": true"#))
        )
    }

    private func add(_ number: Int) throws {
        let (ports, masquerade) = try parts(number)
        let pod = try pod(number)
        var result = pod.result
        try masquerade.add(pod.call, to: &result)
        try ports.add(pod.call, to: &result)
    }

    private func remove(_ number: Int) throws {
        let pod = try pod(number)
        let network = try NetworkConfiguration("")
        try HostPortPart.remove(pod.call, network)
        try MasqueradePart.remove(pod.call, network)
    }

    /// Runs an action for each number, on many threads of a host.
    private func inParallel(
        _ count: Int, on node: Host, _ action: @escaping @Sendable (Int) throws -> Void
    ) throws {
        let failures = Findings()
        let next = Counter()
        let threads = try (1...32).map { _ in
            Running(
                try Thread {
                    while true {
                        let number = next.take()
                        if number >= count { return }
                        do { try node.run { try action(number) } } catch {
                            failures.add("\(number): \(error)")
                        }
                    }
                })
        }
        for thread in threads { thread.join() }
        #expect(failures.all == [])
    }

    @Test("200 ADDs at once and then 200 DELs leave nothing and lose nothing")
    func parallel() throws {
        try withLab { lab in
            let node = try lab.host("node")
            try inParallel(200, on: node) { try add($0) }
            let all = try node.ruleset
            for number in 0..<200 {
                #expect(all.contains("\"pods/c\(number)/eth0\""))
                let (ports, masquerade) = try parts(number)
                try node.check(ports, for: pod(number))
                try node.check(masquerade, for: pod(number))
            }
            try inParallel(200, on: node) { try remove($0) }
            #expect(try node.ruleset == "")
        }
    }

    @Test("ADDs and DELs that cross lose nothing, though the table comes and goes")
    func crossing() throws {
        try withLab { lab in
            let node = try lab.host("node")
            try inParallel(200, on: node) { number in
                try add(number % 4 * 1000 + number)
                try remove(number % 4 * 1000 + number)
            }
            #expect(try node.ruleset == "")
        }
    }

    @Test(
        "of 32 pods that ask for one port at once, one gets it and the others are told whose it is")
    func race() throws {
        try withLab { lab in
            let node = try lab.host("node")
            let (winners, losers) = (Findings(), Findings())
            try inParallel(32, on: node) { number in
                let pod = try pod(number)
                var result = pod.result
                let part = try HostPortPart(.publishing(.mapping(8080, to: 80)))
                do throws(CNIError) {
                    try part.add(pod.call, to: &result)
                    winners.add(pod.owner)
                } catch {
                    losers.add("\(error.code.rawValue) \(error.details)")
                }
            }
            let winner = try #require(winners.all.first)
            #expect(winners.all.count == 1)
            #expect(losers.all.count == 31)
            #expect(losers.all.allSatisfy { $0.hasPrefix("104 ") && $0.contains(winner) })
        }
    }

    @Test("the number of rules is the same for one pod and for a thousand")
    func ruleCount() throws {
        try withLab { lab in
            let node = try lab.host("node")
            let table = SuiteTable.name
            let counts = try node.run {
                try add(0)
                var kernel = try KernelRuleset()
                let first = try kernel.rules(in: table, chain: nil).count
                for number in 1..<1000 { try add(number) }
                return (first, try kernel.rules(in: table, chain: nil).count)
            }
            #expect(counts.0 == counts.1)
        }
    }
}

/// A thread in an array, which cannot hold what is not copyable.
private final class Running {
    private var thread: Thread?

    init(_ thread: consuming Thread) { self.thread = consume thread }

    func join() { thread = nil }
}

/// Hands out numbers from 0 on.
private final class Counter: Sendable {
    private let next = Atomic<Int>(0)

    func take() -> Int { next.add(1, ordering: .relaxed).oldValue }
}

/// What threads found.
private final class Findings: Sendable {
    private let texts = Mutex<[String]>([])

    var all: [String] { texts.withLock { $0 } }

    func add(_ text: String) { texts.withLock { $0.append(text) } }
}
