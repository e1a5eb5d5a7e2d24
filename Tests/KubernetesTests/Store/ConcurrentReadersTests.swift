import Platform
import Synchronization
import Testing

@testable import Kubernetes

@Suite("Readers on other threads")
struct ConcurrentReadersTests {
    @Test func `what changes tell adds up to each snapshot, whenever a reader looks`() throws {
        var writer = StoreWriter()
        let isDone = Flag()
        let subscription = writer.store.subscribe(to: [.service, .node]) {}
        let result = Result()
        let reader = try Thread {
            var findings = Findings()
            var isLast = false
            while !isLast {
                isLast = isDone.isSet
                findings.take(subscription.look())
            }
            result.findings.withLock { $0 = findings }
        }
        for round in 1...3000 {
            for name in 0..<5 { writer.put(service("s\(name)", round, "\(round)")) }
            writer.put(node(round))
            if round.isMultiple(of: 3) { writer.delete(Service.self, service("s1", 0).key) }
            writer.publish()
        }
        isDone.set()
        reader.join()
        let findings = result.findings.withLock { $0 }
        #expect(findings.mistakes == [])
        #expect(findings.contents.count == 4)
    }
}

private final class Flag: Sendable {
    private let value = Atomic(false)

    var isSet: Bool { value.load(ordering: .acquiring) }
    func set() { value.store(true, ordering: .releasing) }
}

private final class Result: Sendable {
    let findings = Mutex(Findings())
}

/// The objects as the changes told them, and what did not agree.
private struct Findings: Sendable {
    var contents: [ObjectKey: String] = [:]
    var mistakes: [String] = []

    mutating func take(_ look: Look) {
        for change in look.changes(of: Service.self) {
            if contents[change.key] != change.before?.value.content {
                mistakes.append("\(change.key): another state before than was told")
            }
            contents[change.key] = change.now?.value.content
        }
        let snapshot = look.snapshot.services.map { ($0.key, $0.value.value.content) }
        if Dictionary(uniqueKeysWithValues: snapshot) != contents {
            mistakes.append("version \(look.snapshot.version) is not what the changes add up to")
        }
        let rounds = Set(contents.values + look.snapshot.nodes.map { $0.value.value.round })
        if rounds.count > 1 { mistakes.append("kinds of rounds \(rounds) were seen together") }
    }
}

private func node(_ round: Int) -> Node {
    var node = Node()
    node.metadata.name = "node"
    node.metadata.labels["round"] = "\(round)"
    return node
}

extension Service {
    fileprivate var content: String { metadata.labels["content"] ?? "" }
}

extension Node {
    fileprivate var round: String { metadata.labels["round"] ?? "" }
}
