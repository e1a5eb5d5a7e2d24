import Platform
import Testing

@testable import Kubernetes

@Suite("Answers that say no")
struct RefusalTests {
    @Test func `what is forbidden is said, and tried slowly`() {
        var script = Script(.endpointSlice)
        script.give(.refused(Refusal(403, reason: "Forbidden", message: "no, you may not")))
        #expect(script.reports.first?.level == .error)
        #expect(
            script.reports.first?.text.hasPrefix(
                "endpointslices.discovery.k8s.io: cannot watch endpointslices.discovery.k8s.io "
                    + "at cluster scope: no, you may not") == true)
        #expect(script.wait() >= .seconds(60))
        #expect(script.request?.purpose == .stream)
    }

    @Test func `credentials are loaded anew when they are not known`() {
        var script = Script()
        script.watch()
        script.give(.failed(.interrupted("reset")))
        script.wait()
        script.give(.refused(Refusal(401)))
        #expect(script.actions.contains(.reloadCredentials))
        script.wait()
        #expect(script.request?.purpose == .watch)
    }

    @Test(
        "the server says when to come again, within reason",
        arguments: [
            (429, 10, 10, 12), (503, 100_000, 300, 360), (429, -5, 0, 1), (500, 0, 0, 1),
        ])
    func retryAfter(status: Int, asked: Int, least: Int, most: Int) {
        var script = Script()
        script.give(.refused(Refusal(status, retryAfter: .seconds(asked))))
        let waited = script.wait()
        #expect(waited >= .seconds(least) && waited <= .seconds(most))
    }

    @Test func `failures in a row are followed by longer and longer times`() {
        var script = Script()
        var waits: [Duration] = []
        for _ in 0..<12 {
            script.give(.failed(.connect("refused")))
            waits.append(script.wait())
        }
        #expect(waits[0] <= .milliseconds(500) && waits[4] >= .seconds(4))
        #expect(waits.allSatisfy { $0 <= .seconds(30) } && waits[11] >= .seconds(15))
    }
}

@Suite("The rate of requests")
struct RequestRateTests {
    /// A server that answers at once, whatever that leads to.
    @Test(
        "no answers make for more requests than are stated",
        arguments: [
            [.opened, .page(ListMeta("1", next: "x")), .end],
            [.opened, .page(ListMeta("1")), .end],
            [.refused(Refusal(400))], [.refused(Refusal(410))], [.refused(Refusal(422))],
            [.opened, .event(.bookmark(version: "1", endsInitialEvents: true)), .end],
            [.opened, .event(.bookmark(version: "1")), .event(.error(Refusal(410)))],
            [.opened, .event(.change(.deleted, version: "5", Unreadable(nil, "")))],
            [.failed(.interrupted(""))], [.time], [.checked(version: "1", count: 7)],
            [.compared(isEqual: false), .opened],
        ] as [[ListWatchInput]])
    func bound(inputs: [ListWatchInput]) {
        var script = Script()
        var times: [MonotonicTime] = []
        while script.now < MonotonicTime(nanoseconds: 0) + .seconds(400) {
            let before = script.requests.count
            for input in [.refused(Refusal(422))] + inputs { script.give(input) }
            script.give(.time)
            times += Array(repeating: script.now, count: script.requests.count - before)
            script.now = script.now + .milliseconds(20)
        }
        let most = busiestMinute(times)
        #expect(most > 0 && most <= ListWatch<SystemRandomNumberGenerator>.requestsPerMinute)
    }
}
