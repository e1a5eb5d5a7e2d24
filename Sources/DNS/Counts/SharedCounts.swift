import Network
import Synchronization

/// What one thread has answered, for whoever asks for it.
///
/// One thread at a time adds, with plain loads and stores: no lock, no memory, no reference is
/// touched. Others read at any time, and see counts that are a moment old at most.
package final class SharedCounts: Sendable {
    private let cells: [4352 of Atomic<UInt64>] = .init { _ in Atomic(0) }

    package init() {}

    @inline(__always)
    private func add(_ amount: UInt64, to cell: Int) {
        let value = cells[cell].load(ordering: .relaxed)
        cells[cell].store(value &+ amount, ordering: .relaxed)
    }

    /// All counts of a zone.
    func cells(of zone: Int) -> [UInt64] {
        (0..<CountPlace.stride).map { index in
            cells[zone * CountPlace.stride + index].load(ordering: .relaxed)
        }
    }
}

extension SharedCounts {
    @inline(__always)
    func countQuestion(_ zone: Int, _ query: borrowing Query, _ client: Client, size: Int) {
        let start = zone * CountPlace.stride
        let transport = client.transport.counted
        let family = client.address.family == .v4 ? 0 : 1
        let kind = (transport * CountPlace.families + family) * CountPlace.types
        add(1, to: start + CountPlace.requests + kind + CountedType.index(query.type))
        if query.edns?.wantsDNSSEC ?? false { add(1, to: start + CountPlace.dnssec) }
        countSize(size, start + CountPlace.requestSizes + transport * CountPlace.sizeCells)
    }

    @inline(__always)
    func countReply(
        _ zone: Int, _ source: AnswerSource, _ code: ResponseCode, _ transport: Client.Transport,
        size: Int
    ) {
        let start = zone * CountPlace.stride
        let kind = Int(source.rawValue) * CountPlace.codes + CountedCode.index(code)
        add(1, to: start + CountPlace.responses + kind)
        countSize(
            size, start + CountPlace.responseSizes + transport.counted * CountPlace.sizeCells)
    }

    /// So many questions were each answered within a time.
    @inline(__always)
    func countDuration(_ zone: Int, _ nanoseconds: UInt64, times: UInt64 = 1) {
        let start = zone * CountPlace.stride + CountPlace.durations
        add(times, to: start + CountedDuration.index(nanoseconds))
        add(nanoseconds &* times, to: start + CountPlace.durationBounds + 1)
    }

    @inline(__always)
    func count(_ use: CacheUse, _ zone: Int) {
        add(1, to: zone * CountPlace.stride + CountPlace.cacheUses + use.rawValue)
    }

    /// A name was found on a client's behalf.
    func countSearch(_ zone: Int) { add(1, to: zone * CountPlace.stride + CountPlace.searches) }

    /// Questions that are not looked at belong to no zone.
    @inline(__always)
    func count(_ use: LimitedUse) { add(1, to: CountPlace.limited + use.rawValue) }

    @inline(__always)
    func countCache(_ hit: CacheHit?, _ zone: Int) {
        guard let hit else { return count(.miss, zone) }
        count(hit.kind == .success ? .success : .denial, zone)
        if hit.isStale { count(.stale, zone) } else if hit.wantsRefresh { count(.prefetch, zone) }
    }

    @inline(__always)
    private func countSize(_ size: Int, _ start: Int) {
        add(1, to: start + CountedSize.index(size))
        add(UInt64(size), to: start + CountPlace.sizeCells - 1)
    }
}

extension Client.Transport {
    /// TLS is TCP to whoever counts, as in CoreDNS.
    @inline(__always)
    fileprivate var counted: Int { self == .udp ? 0 : 1 }
}
