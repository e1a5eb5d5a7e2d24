import Platform

/// What the kernel itself needs for a pod's link.
final class VethProcedure: Procedure {
    let identities: [Identity]
    private var pair: VethPair
    private let count: Int
    private let isBare: Bool

    /// Bare, or through our own connection to the kernel.
    init(isBare: Bool, count: Int) throws {
        let circumstances: [Identity.Circumstance] = [
            .init("chain", "veth"), .init("program", isBare ? "kernel" : "netlink"),
        ]
        identities = ["add", "del"].map { Identity("cni", $0, circumstances) }
        pair = try VethPair()
        self.isBare = isBare
        self.count = count
    }

    func measure() throws -> [Round] {
        var (creations, deletions) = (Round(), Round())
        for _ in 0..<count {
            let times = try isBare ? pair.kernel() : pair.netlink()
            creations.histogram.record(times.creation)
            deletions.histogram.record(times.deletion)
        }
        creations.setPercentiles()
        deletions.setPercentiles()
        return [creations, deletions]
    }
}
