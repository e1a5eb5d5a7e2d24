import Platform
import Testing

@testable import Kubernetes

@Suite("Watches")
struct WatchTests {
    @Test func `events that were seen are not seen again, deletions least of all`() {
        var script = Script()
        script.watch()
        script.give(
            .event(.change(.modified, version: "10")), .event(.change(.deleted, version: "12")),
            .event(.change(.added, version: "11")), .event(.change(.deleted, version: "12")))
        #expect(script.effects == [.delete])
        #expect(script.machine.repeatedEvents == 3)
    }

    @Test func `versions that are no numbers come in the order of their arrival`() {
        var script = Script()
        script.give(.opened, .event(.bookmark(version: "zz", endsInitialEvents: true)))
        script.give(
            .event(.change(.modified, version: "b")), .event(.change(.modified, version: "b")),
            .event(.change(.deleted, version: "a")))
        #expect(script.effects == [.put, .delete])
    }

    @Test func `a broken watch goes on from what was seen last`() {
        var script = Script()
        script.watch()
        script.give(.event(.change(.added, version: "11")), .event(.bookmark(version: "15")))
        script.give(.failed(.interrupted("reset")))
        #expect(script.wait() <= .milliseconds(500))
        #expect(script.request?.purpose == .watch && script.request?["resourceVersion"] == "15")
        let seconds = script.request?["timeoutSeconds"].flatMap { Int($0) } ?? 0
        #expect((300...600).contains(seconds))
    }

    @Test func `a watch that ends after its time is followed at once`() {
        var script = Script()
        script.watch()
        script.now = script.now + .seconds(300)
        script.give(.end)
        #expect(script.request?.purpose == .watch && script.reports.isEmpty)
    }

    @Test func `a watch that ends at once again and again is asked for ever less often`() {
        var script = Script()
        script.watch()
        let start = script.now
        for _ in 0..<20 {
            script.give(.end)
            script.wait()
            script.give(.opened)
        }
        #expect(script.now - start >= .seconds(200))
        #expect(script.requests.dropFirst().allSatisfy { $0.purpose == .watch })
    }

    @Test(arguments: [true, false])
    func `a forgotten state leads to one list`(asEvent: Bool) {
        var script = Script()
        script.watch()
        if asEvent {
            script.give(.event(.error(Refusal(410))))
            #expect(script.actions.contains(.cancel))
        } else {
            script.give(.failed(.interrupted("reset")))
            script.wait()
            script.give(.refused(Refusal(410)))
        }
        script.wait()
        script.watch()
        #expect(script.requests.filter { $0.purpose == .stream }.count == 2)
        #expect(script.requests.last?["resourceVersion"] == "10")
        #expect(script.machine.statistics.relists == 1)
    }

    @Test func `a silent watch is given up`() {
        var script = Script()
        script.watch()
        #expect(script.wait() == .seconds(90))
        #expect(script.actions.first == .abandon)
        script.wait()
        #expect(script.request?.purpose == .watch)
    }

    @Test func `a stream that cannot be read at one place is replaced by a list`() {
        var script = Script()
        script.watch()
        for _ in 0..<3 {
            script.give(.opened, .failed(.stream("no event")))
            script.wait()
        }
        #expect(script.request?.purpose == .stream)
    }

    @Test func `an event of an object that cannot be read leaves it, unless it goes`() {
        var script = Script()
        script.watch()
        let unreadable = Unreadable(ObjectKey(name: "a"), "…")
        script.give(.event(.change(.modified, version: "11", unreadable)))
        #expect(script.effects == [] && script.reports.count == 1)
        script.give(.event(.change(.deleted, version: "12", unreadable)))
        #expect(script.effects == [.delete])
        script.give(.event(.change(.deleted, version: "13", Unreadable(nil, "…"))))
        script.wait()
        #expect(script.request?.purpose == .stream)
    }
}
