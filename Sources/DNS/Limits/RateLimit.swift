package import Network
package import Platform
import Synchronization

/// How much each client has asked lately, for all threads that answer at one address.
///
/// A cell holds the time at which its client may ask a whole burst again (the generic cell rate
/// algorithm of ATM). A client has a cell in each of two rows, and counts as the one that asked less
/// of both: it suffers for others only if both its cells are theirs too, and those who make up
/// addresses can push nobody out. Threads load and store plainly: of two questions at the same
/// moment one may go uncounted.
package final class RateLimit: Sendable {
    let options: RateLimitOptions
    private let interval: UInt64
    private let hash: SipHash
    private let cells: [8192 of Atomic<UInt64>] = .init { _ in Atomic(0) }

    package init(_ options: RateLimitOptions) {
        self.options = options
        interval = Self.second / UInt64(options.rate)
        // Nobody can choose addresses that share another's cells.
        hash = SipHash(.random(in: 0 ... .max), .random(in: 0 ... .max))
    }

    private static let second: UInt64 = 1_000_000_000
    private static let row = 4096
}

extension RateLimit {
    /// Whether a client may ask at this moment, which counts if it may.
    ///
    /// Who has proven where it is has an account of its own, which nobody else can use up.
    package func admits(
        _ client: IPAddress, isProven: Bool = false, at now: MonotonicTime
    ) -> Bool {
        let hash = hash(client, isProven)
        let first = Int(truncatingIfNeeded: hash) & (Self.row - 1)
        let second = Self.row + Int(truncatingIfNeeded: hash >> 32) & (Self.row - 1)
        let (one, other) = (
            cells[first].load(ordering: .relaxed), cells[second].load(ordering: .relaxed)
        )
        let moment = UInt64(bitPattern: now.nanoseconds)
        let used = max(min(one, other), moment) + interval
        guard used <= moment + interval * UInt64(options.burst) else { return false }
        if one < used { cells[first].store(used, ordering: .relaxed) }
        if other < used { cells[second].store(used, ordering: .relaxed) }
        return true
    }

    package func isExempt(_ client: IPAddress) -> Bool {
        options.exceptions.contains { $0.contains(client) }
    }

    private func hash(_ client: IPAddress, _ isProven: Bool) -> UInt64 {
        var hash = hash
        switch client {
        case .v4(let address): for index in 0..<4 { hash.add(address.octets[index]) }
        case .v6(let address):
            let network = CIDR(.v6(address), prefixLength: options.prefixLength)?.first
            guard case .v6(let first) = network else { break }
            for index in 0..<16 { hash.add(first.octets[index]) }
        }
        hash.add(isProven ? 1 : 0)
        return hash.finished()
    }
}
