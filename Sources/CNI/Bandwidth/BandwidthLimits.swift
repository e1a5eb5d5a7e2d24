import Netlink

/// The limits of one pod, each of which may be absent.
struct BandwidthLimits: Equatable, Sendable {
    /// Of what the pod receives.
    var ingress: BandwidthLimit?
    /// Of what the pod sends.
    var egress: BandwidthLimit?

    /// Reads the configuration's own limits, else the runtime's (C35, C37).
    init(_ network: NetworkConfiguration) throws(CNIError) {
        let nested = try network.settings.section("bandwidth")
        let sources = [network.settings, nested, try network.runtime.section("bandwidth")]
        for source in sources {
            ingress = try BandwidthLimit(source, rate: "ingressRate", burst: "ingressBurst")
            egress = try BandwidthLimit(source, rate: "egressRate", burst: "egressBurst")
            if !isEmpty { return }
        }
    }

    var isEmpty: Bool { ingress == nil && egress == nil }
}

/// A rate and what may pass at once above it, in bits.
struct BandwidthLimit: Equatable, Sendable {
    let rate: Int
    let burst: Int

    /// No link carries more.
    private static let highest = 1 << 50
    private static let bitsPerByte = 8

    /// Nil where neither key says anything; runtimes write 0 for that.
    fileprivate init?(
        _ settings: Settings, rate rateKey: String, burst burstKey: String
    ) throws(CNIError) {
        let range = 0...Self.highest
        rate = try settings[rateKey].integer(in: range) ?? 0
        burst = try settings[burstKey].integer(in: range) ?? 0
        if rate == 0, burst == 0 { return nil }
        guard rate >= Self.bitsPerByte else {
            throw settings[rateKey].wrong("must be at least 8 bits a second, for there is a burst")
        }
    }
}

extension BandwidthLimit {
    /// What passes at once, at most: a tenth of a second's worth.
    ///
    /// Runtimes send the largest number they have for a burst nobody asked for, 2^32-1 or 2^35-9
    /// (C51). Taken as it is, a pod that was limited to 10 Mbit/s would send 500 MB at full speed
    /// before the limit begins.
    private static let longestBurst = Duration.milliseconds(100)

    /// What passes at once, at least: two of the large packets that a link without a device below
    /// carries (64 KiB), or the bucket would cut each of them into pieces.
    private static let smallestCeiling = 128 << 10

    /// How long a packet waits at most.
    private static let latency = Duration.milliseconds(25)

    /// What the kernel is told.
    var bucket: TokenBucket {
        let bytes = rate / Self.bitsPerByte
        let ceiling = max(
            Int(Double(bytes) * (Self.longestBurst / .seconds(1))), Self.smallestCeiling)
        let wanted = burst == 0 ? ceiling : min(burst / Self.bitsPerByte, ceiling)
        return TokenBucket(
            rate: UInt64(bytes), burst: UInt32(clamping: max(wanted, Self.smallestPacket)),
            latency: Self.latency)
    }

    /// A bucket that cannot hold one packet lets none pass: an Ethernet frame with a VLAN tag.
    private static let smallestPacket = 1518
}
