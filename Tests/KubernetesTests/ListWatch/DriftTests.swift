import Platform
import Testing

@testable import Kubernetes

@Suite("Drift from the server")
struct DriftTests {
    /// Lets bookmarks come until there is a check.
    private func waitForCheck(_ script: inout Script) {
        for _ in 0..<20 {
            script.now = script.now + .seconds(45)
            script.give(.event(.bookmark(version: "10")), .time)
            if script.isChecking { return }
        }
    }

    @Test func `numbers that differ twice in a row lead to a consistent list`() {
        var script = Script()
        script.watch()
        for turn in 1...2 {
            waitForCheck(&script)
            #expect(script.isChecking)
            script.give(.checked(version: "10", count: 7))
            #expect(script.effects == [.compare(count: 7, tolerance: 0)])
            script.give(.compared(isEqual: false))
            #expect(script.actions.contains(.cancel) == (turn == 2))
        }
        #expect(script.request?.purpose == .stream)
        #expect(script.request?["resourceVersion"]?.isEmpty == true)
    }

    @Test func `numbers that differ once and then do not are no drift`() {
        var script = Script()
        script.watch()
        for isEqual in [false, true, false, true] {
            waitForCheck(&script)
            script.give(.checked(version: "10", count: 7), .compared(isEqual: isEqual))
        }
        #expect(script.requests.count == 1 && script.isWatching)
    }

    @Test func `what is held is compared when the watch has come to the server's state`() {
        var script = Script()
        script.watch()
        waitForCheck(&script)
        script.give(.event(.change(.added, version: "11")), .checked(version: "12", count: 7))
        #expect(script.effects == [.put])
        script.give(.event(.change(.added, version: "12")))
        #expect(script.effects == [.put, .compare(count: 7, tolerance: 2)])

        waitForCheck(&script)
        script.give(.checked(version: "14", count: 7), .event(.change(.deleted, version: "15")))
        #expect(script.effects == [.compare(count: 7, tolerance: 0), .delete])
    }
}

extension Script {
    fileprivate var isChecking: Bool {
        actions.contains { if case .requestCheck = $0 { true } else { false } }
    }
}
