import CMnl

/// The settings of `tbf`: packets leave at a rate, and a bucketful of them at once.
package struct TokenBucket: Hashable, Sendable {
    /// Bytes a second.
    package var rate: UInt64
    /// How many bytes may leave at once.
    ///
    /// The kernel keeps it as time: read back it may be a few bytes off, the more the higher the
    /// rate (8 bytes at 1 Gbit/s).
    package var burst: UInt32
    /// How many bytes may wait; more are dropped.
    package var limit: UInt32

    package init(rate: UInt64, burst: UInt32, limit: UInt32) {
        self.rate = rate
        self.burst = burst
        self.limit = limit
    }

    /// As many bytes wait as leave within the latency.
    package init(rate: UInt64, burst: UInt32, latency: Duration) {
        let waiting = Double(rate) * (latency / .seconds(1)) + Double(burst)
        self.init(rate: rate, burst: burst, limit: UInt32(clamping: Int(min(waiting, 1e15))))
    }
}

extension TokenBucket {
    /// The nanoseconds of a packet scheduler's clock tick: PSCHED_SHIFT is 6.
    private static let nanosecondsPerTick: UInt64 = 64
    private static let nanosecondsPerSecond: UInt64 = 1_000_000_000

    func write(to writer: inout MessageWriter) {
        var settings = tc_tbf_qopt()
        // A known link layer spares the kernel a table of transmission times made by us.
        settings.rate.linklayer = UInt8(TC_LINKLAYER_ETHERNET.rawValue)
        settings.rate.rate = UInt32(clamping: rate)
        settings.limit = limit
        settings.buffer = UInt32(clamping: ticks)
        writer.put(TCA_TBF_PARMS, settings)
        writer.put(TCA_TBF_BURST, burst)
        if rate > UInt64(UInt32.max) { writer.put(TCA_TBF_RATE64, rate) }
    }

    init?(_ attributes: consuming Attributes) throws(NetlinkError) {
        var wideRate: UInt64?
        var settings: tc_tbf_qopt?
        while let attribute = try attributes.next() {
            switch attribute.type {
            case TCA_TBF_PARMS: settings = try attribute.fixed(tc_tbf_qopt.self)
            case TCA_TBF_RATE64: wideRate = try attribute.host()
            default: break
            }
        }
        guard let settings else { return nil }
        let rate = wideRate ?? UInt64(settings.rate.rate)
        self.init(
            rate: rate, burst: Self.bytes(settings.buffer, at: rate), limit: settings.limit)
    }

    /// The time the burst takes at the rate, in clock ticks.
    private var ticks: UInt64 {
        guard rate > 0 else { return .max }
        return UInt64(burst) * Self.nanosecondsPerSecond / rate / Self.nanosecondsPerTick
    }

    private static func bytes(_ ticks: UInt32, at rate: UInt64) -> UInt32 {
        let nanoseconds = UInt64(ticks) * nanosecondsPerTick
        let (high, low) = nanoseconds.multipliedFullWidth(by: rate)
        guard high < nanosecondsPerSecond else { return .max }
        let bytes = nanosecondsPerSecond.dividingFullWidth((high, low)).quotient
        return UInt32(clamping: bytes)
    }
}
