import CAllocations
import Testing

@testable import Kubernetes

/// One change may not cost what the cluster's size is.
@Suite("What a change costs")
struct StoreCostTests {
    @Test func `memory taken for a change grows with the depth of the table only`() {
        // Under a sanitizer memory cannot be counted.
        if weft_allocations() < 0 { return }
        let few = allocations(ofOneChangeAmong: 100)
        let many = allocations(ofOneChangeAmong: 10_000)
        #expect(few > 0 && many <= few + 12, "\(few) among 100, \(many) among 10,000")
    }

    private func allocations(ofOneChangeAmong count: Int) -> Int64 {
        var writer = StoreWriter()
        for number in 0..<count { writer.put(service("s\(number)", 1, "x")) }
        writer.publish()
        let subscription = writer.store.subscribe(to: [.service]) {}
        _ = subscription.look()
        let changed = service("s42", 2, "y")
        let before = weft_allocations()
        writer.put(changed)
        writer.publish()
        let changes = subscription.look().changes(of: Service.self)
        let taken = weft_allocations() - before
        #expect(changes.count == 1)
        return taken
    }
}
