import Network
import Platform
import Synchronization
import TestSupport
import Testing

@testable import CNI

@Suite("Many pods come and go at once", .requiresRoot, .serialized)
struct CrowdTests {
    private static let size = 200

    @Test(
        "C18, C30: 200 pods at once get 200 addresses of each family, and leave nothing",
        arguments: ["10-weft.conflist", "10-weft-bridge.conflist"])
    func crowd(conflist: String) throws {
        try withLab { lab in
            try withTemporaryDirectory { directory in
                let network = try PodNetwork(lab, in: directory, conflist: conflist)
                let runtime = network.runtime
                let first = try Pod("first", lab)
                try runtime.delete(first, runtime.add(first))
                let before = try runtime.node.residue

                let pods = try (1...Self.size).map { try Pod("pod\($0)", lab) }
                let added = try together(pods) { (pod: $0, result: try runtime.add($0)) }
                let addresses = added.flatMap(\.result.addresses)
                #expect(addresses.count == 2 * Self.size)
                #expect(Set(addresses).count == addresses.count)
                _ = try together(added) { pod, result in
                    try runtime.check(pod, result)
                    try runtime.delete(pod, result)
                }
                try runtime.node.expectUnchanged(since: before)
            }
        }
    }

    /// Does the same for all of them at once, in no order; throws the first failure.
    private func together<Element: Sendable, Value: Sendable>(
        _ elements: [Element], _ body: @escaping @Sendable (Element) throws -> Value
    ) throws -> [Value] {
        let outcomes = Mutex<[Result<Value, any Error>]>([])
        var threads = try elements.map { element in
            try Running {
                let outcome = Result { try body(element) }
                outcomes.withLock { $0.append(outcome) }
            }
        }
        // Waits for each of them to end.
        threads.removeAll()
        return try outcomes.withLock { try $0.map { try $0.get() } }
    }

    /// Arrays hold classes only.
    private final class Running: Sendable {
        let thread: Thread
        init(_ body: @escaping @Sendable () -> Void) throws { thread = try Thread(body) }
    }
}
