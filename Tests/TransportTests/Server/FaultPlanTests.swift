import APIServerSupport
import Testing

struct `A fault plan` {
    @Test func `follows from its seed, and has about as many faults as it says`() {
        let plan = FaultPlan.random(seed: 7, perThousand: 300)
        let faults = (1...10_000).map { plan.fault(for: $0) }
        #expect(faults == (1...10_000).map { plan.fault(for: $0) })
        let other = FaultPlan.random(seed: 8, perThousand: 300)
        #expect(faults != (1...10_000).map { other.fault(for: $0) })
        #expect((2800...3200).contains(faults.count { $0 != nil }))
    }

    @Test func `has every kind of fault`() {
        let plan = FaultPlan.random(seed: 1, perThousand: 1000)
        let faults = Set((1...2000).compactMap { plan.fault(for: $0) })
        for wire in WireFault.allCases {
            #expect(faults.contains { if case .wire(wire, _) = $0 { true } else { false } })
        }
        let kinds = faults.map { "\($0)".prefix { $0 != "(" } }
        #expect(Set(kinds).count == 7)
    }
}
