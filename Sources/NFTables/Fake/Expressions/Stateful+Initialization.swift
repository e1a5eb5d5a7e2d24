import Platform

extension Expression {
    /// Throws what the kernel says to the expression in a set or element: it must keep a state.
    func validateForElement(in family: Family) throws(Errno) {
        try select(in: family)
        switch self {
        case .counter, .limit, .quota: break
        default: throw .notSupported
        }
        var registers = Registers()
        try initialize(in: family, &registers)
    }

    /// What the kernel tells expressions of a set and its elements apart by.
    var operations: String {
        if case .limit(let limit) = self { return "\(name) \(limit.unit)" }
        return name
    }
}

extension Limit {
    /// NFT_LIMIT_PKT_BURST_DEFAULT.
    static let defaultBurst: UInt32 = 5
    private static let nanosecondsPerSecond: UInt64 = 1_000_000_000

    func initialize() throws(Errno) {
        if rate == 0 { throw .invalid }
        let nanoseconds = period.rawValue * Self.nanosecondsPerSecond
        let burst = unit == .packets && burst == 0 ? Self.defaultBurst : burst
        let (sum, overflow) = rate.addingReportingOverflow(UInt64(burst))
        if overflow { throw .overflow }
        let tokens = unit == .packets ? nanoseconds / rate : nanoseconds
        let factor = unit == .packets ? UInt64(burst) : sum
        if tokens.multipliedReportingOverflow(by: factor).overflow { throw .overflow }
    }
}

extension Quota {
    func initialize() throws(Errno) {
        if bytes > UInt64(Int64.max) { throw .overflow }
        if consumed > bytes { throw .invalid }
    }
}

extension PacketLog {
    /// NFT_LOGLEVEL_AUDIT.
    private static let maximumLevel: UInt32 = 8
    /// NF_LOG_MASK.
    private static let allFlags: UInt32 = 0x2F

    func initialize() throws(Errno) {
        guard case .kernel(let level, let flags) = target else { return }
        if level > Self.maximumLevel || flags & ~Self.allFlags != 0 { throw .invalid }
    }
}
