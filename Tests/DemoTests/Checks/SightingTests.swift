import Testing

@testable import Demo

struct SightingTests {
    /// One answer each millisecond; nil for none.
    private static func seen(_ servers: [String?]) -> Sighting {
        var sighting = Sighting(of: "c", among: 3)
        for (index, server) in servers.enumerated() {
            sighting.add(server, at: .milliseconds(index + 1))
        }
        return sighting
    }

    @Test func `a pod has left when its turn went to another`() {
        #expect(Self.seen(["a", "b"]).left == nil)
        #expect(Self.seen(["a", "b", "c", "a", "b"]).left == nil)
        #expect(Self.seen(["c", "a", "b", "a", "b", "a"]).left == .milliseconds(4))
        #expect(Self.seen(["a", "b", "a", "c", "a"]).left == nil)
    }

    @Test func `it is gone for good after ten turns of all others`() {
        let others: [String?] = Array(repeating: "a", count: 29)
        #expect(!Self.seen(others).isGone)
        #expect(Self.seen(others + ["b"]).isGone)
        #expect(!Self.seen(others + ["c"]).isGone)
    }

    @Test func `it is back with its first answer`() {
        #expect(Self.seen(["a", "b"]).first == nil)
        #expect(Self.seen(["a", "c", "b", "c"]).first == .milliseconds(2))
    }

    @Test func `a connection that fails, or a change that comes late or never, does not hold`() {
        let limit = Duration.milliseconds(10)
        let good = Self.seen(["a", "c"])
        #expect(
            good.measurement(.milliseconds(2), within: limit)
                == Measurement(true, "after 2.0 ms; 2 of 2 answered"))
        #expect(!good.measurement(.milliseconds(10), within: limit).holds)
        #expect(!good.measurement(nil, within: limit).holds)
        #expect(!Self.seen(["a", nil, "c"]).measurement(.milliseconds(2), within: limit).holds)
    }
}
