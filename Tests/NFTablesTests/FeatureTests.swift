import NFTables
import TestSupport
import Testing

@Suite("Features of the running kernel", .requiresRoot)
struct FeatureTests {
    static let present: [Feature] = [
        .expression(.masquerade(Masquerade()), in: Chain.Base(.nat, .postrouting, priority: 0)),
        .expression(.numberGenerator(NumberGenerator(.incremental, modulus: 2)), in: nil),
        .expression(.noTrack(NoTrack()), in: nil),
        .chain(.inet, Chain.Base(.nat, .prerouting, priority: 0)),
        .chain(.netdev, Chain.Base(.filter, .egress, priority: 0, devices: ["lo"])),
        .ownedTables, .tolerantDeletion, .catchAllElements, .concatenatedIntervals,
        .dynamicMaps,
    ]

    static let absent: [Feature] = [
        // No kernel translates addresses of ARP, nor at the ingress.
        .expression(.nat(NAT(.destination, .arp, address: 0)), in: nil),
        .chain(.inet, Chain.Base(.nat, .ingress, priority: 0, devices: ["lo"])),
    ]

    @Test("what is there is found, and nothing stays of the trial", arguments: present)
    func finds(_ feature: Feature) throws {
        let (supported, left) = try Lab().host("node").run {
            var kernel = try KernelRuleset()
            return (try kernel.supports(feature), try kernel.tables(nil))
        }
        #expect(supported)
        #expect(left == [])
    }

    @Test("of many, the first that is not there is told", arguments: absent)
    func missesOne(_ feature: Feature) throws {
        let missing = try Lab().host("node").run {
            var kernel = try KernelRuleset()
            return try kernel.firstMissing(of: Self.present + [feature] + Self.absent)
        }
        #expect(missing == feature)
    }

    @Test("what is not there is told", arguments: absent)
    func misses(_ feature: Feature) throws {
        let supported = try Lab().host("node").run {
            var kernel = try KernelRuleset()
            return try kernel.supports(feature)
        }
        #expect(!supported)
    }
}
