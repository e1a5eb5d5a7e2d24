import Platform
import Synchronization
import Testing

@testable import Kubernetes

@Suite("The store")
struct StoreTests {
    @Test func `a first look shows all objects as added`() {
        var writer = StoreWriter()
        writer.put(service("a", 1))
        writer.put(service("b", 2))
        writer.publish()
        let look = writer.store.subscribe(to: [.service]) {}.look()
        let changes = look.changes(of: Service.self)
        #expect(Set(changes.map(\.key.name)) == ["a", "b"])
        #expect(changes.allSatisfy { $0.before == nil && $0.now != nil })
        #expect(look.snapshot.version == 1)
    }

    @Test func `nothing is seen before it is published`() {
        var writer = StoreWriter()
        writer.put(service("a", 1))
        #expect(writer.store.snapshot.services.isEmpty)
        writer.publish()
        let snapshot = writer.store.snapshot
        writer.delete(Service.self, ObjectKey(namespace: "n", name: "a"))
        writer.publish()
        #expect(snapshot.services.count == 1 && writer.store.snapshot.services.isEmpty)
    }

    @Test(
        "changes between two looks are told as one",
        arguments: [
            ([.put("a", 1, "x")], []),
            ([.put("a", 2, "x")], []),
            ([.put("a", 2, "y")], ["a: x to y"]),
            ([.put("a", 2, "y"), .put("a", 3, "z")], ["a: x to z"]),
            ([.put("a", 2, "y"), .put("a", 3, "x")], []),
            ([.delete("a")], ["a: x to nothing"]),
            ([.delete("a"), .delete("a"), .delete("c")], ["a: x to nothing"]),
            ([.put("b", 2, "y"), .delete("b")], []),
            ([.put("b", 2, "y")], ["b: nothing to y"]),
            ([.delete("a"), .put("a", 3, "x", uid: "2")], ["a: x to x, another one"]),
            ([.delete("a"), .put("a", 3, "y", uid: "2"), .delete("a")], ["a: x to nothing"]),
        ] as [([Write], [String])])
    func coalescing(writes: [Write], told: [String]) {
        var writer = StoreWriter()
        Write.put("a", 1, "x").apply(to: &writer)
        writer.publish()
        let subscription = writer.store.subscribe(to: [.service]) {}
        _ = subscription.look()
        for write in writes {
            write.apply(to: &writer)
            writer.publish()
        }
        #expect(subscription.look().changes(of: Service.self).map(\.text).sorted() == told)
        #expect(subscription.look().changes(of: Service.self).isEmpty)
    }

    @Test func `consumers are woken once for what they subscribed to`() {
        var writer = StoreWriter()
        let wakes = Wakes()
        let subscription = writer.store.subscribe(to: [.service]) { wakes.count() }
        #expect(wakes.take() == 1)
        writer.put(service("a", 1))
        writer.publish()
        #expect(wakes.take() == 0)
        _ = subscription.look()
        writer.put(service("a", 2))
        writer.noteContact(.service, at: MonotonicTime(nanoseconds: 5))
        writer.publish()
        #expect(wakes.take() == 0)
        #expect(writer.store.snapshot[state: .service].lastContact?.nanoseconds == 5)
        var namespace = Namespace()
        namespace.metadata.name = "n"
        writer.put(namespace)
        writer.publish()
        #expect(wakes.take() == 0)
        writer.put(service("b", 3))
        writer.publish()
        writer.put(service("c", 4))
        writer.publish()
        #expect(wakes.take() == 1)
        #expect(subscription.look().changes(of: Service.self).count == 2)
    }

    @Test func `a dropped subscription is forgotten`() {
        var writer = StoreWriter()
        let wakes = Wakes()
        do {
            let subscription = writer.store.subscribe(to: [.service]) { wakes.count() }
            _ = subscription.look()
            _ = wakes.take()
        }
        writer.put(service("a", 1))
        writer.publish()
        #expect(wakes.take() == 0)
    }

    @Test func `a subscription holds no objects of other kinds`() throws {
        var writer = StoreWriter()
        var pod = Pod()
        pod.metadata.name = "p"
        writer.put(pod)
        writer.publish()
        let subscription = writer.store.subscribe(to: [.service]) {}
        weak let held = subscription.look().snapshot.pods[pod.key]
        #expect(held != nil)
        writer.delete(Pod.self, pod.key)
        writer.publish()
        #expect(held == nil)
        _ = subscription.look()
    }
}

/// Something a writer does.
enum Write: Sendable {
    case put(String, Int, String, uid: String = "1")
    case delete(String)

    func apply(to writer: inout StoreWriter) {
        switch self {
        case .put(let name, let version, let content, let uid):
            writer.put(service(name, version, content, uid: uid))
        case .delete(let name):
            writer.delete(Service.self, ObjectKey(namespace: "n", name: name))
        }
    }
}

func service(_ name: String, _ version: Int, _ content: String = "", uid: String = "1") -> Service {
    var service = Service()
    service.metadata.name = name
    service.metadata.namespace = "n"
    service.metadata.uid = UID(uid)
    service.metadata.resourceVersion = "\(version)"
    service.metadata.labels["content"] = content
    return service
}

extension Change<Service> {
    var text: String {
        let texts = [before, now].map { $0?.value.metadata.labels["content"] ?? "nothing" }
        return "\(key.name): \(texts[0]) to \(texts[1])" + (isReplacement ? ", another one" : "")
    }
}

/// How often a consumer was woken since it was last asked.
final class Wakes: Sendable {
    private let number = Atomic(0)

    func count() { number.add(1, ordering: .relaxed) }
    func take() -> Int { number.exchange(0, ordering: .relaxed) }
}
