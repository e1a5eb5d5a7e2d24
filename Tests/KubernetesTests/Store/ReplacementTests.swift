import Testing

@testable import Kubernetes

@Suite("Lists that replace a kind's objects")
struct ReplacementTests {
    @Test func `only the difference is told, and what is the same stays in memory`() throws {
        var writer = StoreWriter()
        for name in ["a", "b", "c"] { writer.put(service(name, 1, "x")) }
        writer.publish()
        let subscription = writer.store.subscribe(to: [.service]) {}
        let before = subscription.look().snapshot

        var replacement = writer.beginReplacement(of: Service.self)
        replacement.stage(service("a", 1, "x"))
        replacement.stage(service("b", 2, "y"))
        replacement.stage(service("d", 3, "z"))
        #expect(writer.store.snapshot.services.count == 3)
        writer.commit(replacement)
        writer.publish()

        let look = subscription.look()
        #expect(
            look.changes(of: Service.self).map(\.text).sorted() == [
                "b: x to y", "c: x to nothing", "d: nothing to z",
            ])
        let a = ObjectKey(namespace: "n", name: "a")
        #expect(look.snapshot.services[a] === before.services[a])
        #expect(writer.count(of: Service.self) == 3)
    }

    @Test func `a kind is synced by its first complete list, be it empty`() {
        var writer = StoreWriter()
        let wakes = Wakes()
        let subscription = writer.store.subscribe(to: [.service]) { wakes.count() }
        _ = subscription.look()
        _ = wakes.take()
        writer.put(service("a", 1))
        writer.delete(Service.self, service("a", 1).key)
        writer.publish()
        #expect(!writer.store.snapshot[state: .service].isSynced)
        writer.commit(writer.beginReplacement(of: Service.self))
        writer.publish()
        #expect(wakes.take() == 1)
        #expect(subscription.look().becameSynced(.service))
        #expect(!subscription.look().becameSynced(.service))
        #expect(!writer.store.snapshot[state: .pod].isSynced)
    }

    @Test func `a replacement that is dropped changes nothing`() {
        var writer = StoreWriter()
        writer.put(service("a", 1))
        do {
            var replacement = writer.beginReplacement(of: Service.self)
            replacement.stage(service("b", 2))
        }
        writer.publish()
        #expect(writer.store.snapshot.services.map(\.key.name) == ["a"])
    }

    @Test(
        "what cannot be read is left as it was, if need be with all the rest",
        arguments: [(true, ["a"]), (false, ["a", "b"])])
    func unreadable(isNamed: Bool, left: [String]) {
        var writer = StoreWriter()
        for name in ["a", "b"] { writer.put(service(name, 1)) }
        var replacement = writer.beginReplacement(of: Service.self)
        if isNamed {
            replacement.keep(service("a", 1).key)
        } else {
            replacement.keepTheRest()
        }
        replacement.stage(service("c", 2))
        writer.commit(replacement)
        writer.publish()
        let names = writer.store.snapshot.services.map(\.key.name).sorted()
        #expect(names == left + ["c"])
    }

    @Test func `what is deleted while the list comes is not in it`() {
        var writer = StoreWriter()
        writer.put(service("a", 1))
        var replacement = writer.beginReplacement(of: Service.self)
        replacement.stage(service("a", 1))
        replacement.stage(service("b", 2))
        replacement.unstage(service("a", 1).key)
        replacement.unstage(service("b", 1).key)
        writer.commit(replacement)
        writer.publish()
        #expect(writer.store.snapshot.services.isEmpty)
    }
}
