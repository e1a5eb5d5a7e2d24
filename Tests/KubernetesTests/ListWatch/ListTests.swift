import Platform
import Testing

@testable import Kubernetes

@Suite("Lists")
struct ListTests {
    @Test func `a list comes as a stream, and is watched on from its end`() {
        var script = Script()
        #expect(
            script.request?.target.hasPrefix(
                "/api/v1/services?watch=1&sendInitialEvents=true"
                    + "&resourceVersionMatch=NotOlderThan&resourceVersion=&allowWatchBookmarks=true"
            )
                == true)
        script.give(.opened, .event(.change(.added, version: "7")))
        #expect(script.effects == [.stage])
        script.give(.event(.bookmark(version: "10", endsInitialEvents: true)))
        #expect(script.effects == [.commitReplacement] && script.isWatching)
        script.give(.event(.change(.modified, version: "11")))
        #expect(script.effects == [.put])
    }

    @Test(arguments: [400, 422])
    func `a server without streams is asked for pages, at once and from then on`(status: Int) {
        var script = Script()
        script.give(.refused(Refusal(status)))
        #expect(script.request?.target == "/api/v1/services?limit=500")
        script.give(.opened, .page(ListMeta("10", next: "a/b")), .item(nil), .end)
        #expect(script.request?.target == "/api/v1/services?limit=500&continue=a%2Fb")
        script.give(.opened, .item(nil), .page(ListMeta("10")), .end)
        #expect(script.effects == [.stage, .commitReplacement])
        #expect(script.request?["resourceVersion"] == "10" && script.request?.purpose == .watch)
        script.give(.refused(Refusal(410)))
        script.wait()
        #expect(
            script.request?.target
                == "/api/v1/services?limit=500&resourceVersion=10&resourceVersionMatch=NotOlderThan"
        )
    }

    @Test func `a server that does not know streams goes on and never ends the list`() {
        var script = Script()
        script.give(.opened, .event(.change(.added, version: "7")), .event(.bookmark(version: "8")))
        #expect(script.actions.contains(.cancel) && script.effects.contains(.dropReplacement))
        #expect(script.request?["limit"] == "500")
    }

    @Test func `a server that is not there is asked for a stream when it is`() {
        var script = Script()
        for _ in 0..<5 {
            script.give(.failed(.connect("refused")))
            script.wait()
        }
        #expect(script.request?.purpose == .stream)
        for _ in 0..<2 {
            script.give(.opened, .failed(.interrupted("reset")))
            script.wait()
        }
        #expect(script.request?.purpose == .page)
    }

    @Test func `a silent list is given up, with its connection`() {
        var script = Script()
        #expect(script.wait() == .seconds(70))
        #expect(script.actions.contains(.abandon))
        #expect(script.reports.count == 1)
        script.wait()
        #expect(script.requests.count == 2)
    }

    @Test func `a page that broke is asked for again, from its own beginning`() {
        var script = Script()
        script.give(.refused(Refusal(422)), .opened, .page(ListMeta("10", next: "2")), .end)
        script.give(.opened, .page(ListMeta("10", next: "3")), .item(nil))
        script.give(.failed(.interrupted("reset")))
        #expect(script.effects == [])
        script.wait()
        #expect(script.request?["continue"] == "2")
    }

    @Test func `a list that is forgotten again and again is asked for in one piece`() {
        var script = Script()
        script.give(.refused(Refusal(422)))
        for _ in 0..<4 {
            #expect(script.request?["limit"] == "500")
            script.give(.opened, .page(ListMeta("10", next: "2")), .end, .refused(Refusal(410)))
            #expect(script.effects.contains(.dropReplacement))
            script.wait()
        }
        #expect(script.request?.target == "/api/v1/services?")
    }

    @Test func `pages of different states are no list`() {
        var script = Script()
        script.give(.refused(Refusal(422)), .opened, .page(ListMeta("10", next: "2")), .end)
        script.give(.opened, .page(ListMeta("11")), .end)
        #expect(script.effects == [.dropReplacement])
    }

    @Test func `a state older than what was seen is taken only from a consistent read`() {
        var script = Script()
        script.watch()
        script.give(.event(.error(Refusal(410))))
        for _ in 0..<3 {
            script.wait()
            #expect(script.request?["resourceVersion"] == "10")
            script.give(.refused(Refusal(504, message: "Timeout: Too large resource version: 10")))
        }
        script.wait()
        #expect(script.request?["resourceVersion"]?.isEmpty == true)
        script.give(.opened, .event(.bookmark(version: "4", endsInitialEvents: true)))
        #expect(script.effects == [.commitReplacement])
        #expect(script.reports.contains { $0.text.contains("gone back") })
    }

    @Test func `an older list that was not asked for is dropped`() {
        var script = Script()
        script.watch()
        script.give(.event(.error(Refusal(410))))
        script.wait()
        script.give(.opened, .event(.bookmark(version: "9", endsInitialEvents: true)))
        #expect(script.effects == [.dropReplacement] && script.actions.contains(.cancel))
    }

    @Test func `what cannot be read is left as it is held`() {
        var script = Script()
        let key = ObjectKey(namespace: "n", name: "a")
        script.give(.refused(Refusal(422)), .opened)
        script.give(.item(Unreadable(key, "spec.ports[0]: …")), .item(Unreadable(nil, "…")))
        #expect(script.effects == [.keep(key), .keepTheRest])
        #expect(script.reports.first?.text == "Service n/a is left as it was: spec.ports[0]: …")
    }

    @Test func `a resource that the server does not have has no objects`() {
        var options = ListWatchOptions()
        options.isOptional = true
        var script = Script(.serviceCIDR, options)
        script.give(.refused(Refusal(404, reason: "NotFound")))
        #expect(script.effects == [.commitReplacement])
        #expect(script.wait() >= .seconds(600))
        script.watch()
        script.give(.event(.error(Refusal(410))))
        script.wait()
        // What has been there does not vanish because an answer says there is nothing to ask.
        script.give(.refused(Refusal(404, reason: "NotFound")))
        #expect(script.effects == [.dropReplacement])
        var required = Script()
        required.give(.refused(Refusal(404, reason: "NotFound")))
        #expect(required.effects == [.dropReplacement] && required.wait() >= .seconds(60))
    }
}
