import Network
import Platform

/// Who is connected: no client has more than its share, and the idlest makes room for the next.
struct StreamCrowd {
    private let settings: StreamSettings
    private var counts: [Origin: Int] = [:]
    private var byActivity = TimerQueue<StreamSource>()

    init(_ settings: StreamSettings) { self.settings = settings }

    /// Whom a connection counts for: an IPv6 host has as many addresses as it likes in its /64.
    private enum Origin: Hashable {
        case v4(IPv4Address)
        case v6(high: UInt64)

        init(_ address: IPAddress) {
            switch address.unmapped {
            case .v4(let address): self = .v4(address)
            case .v6(let address): self = .v6(high: address.high)
            }
        }
    }

    /// A connection's place among the others.
    typealias Place = TimerQueue<StreamSource>.ID
}

extension StreamCrowd {
    var count: Int { byActivity.count }

    var isFull: Bool { count >= settings.connectionLimit }

    /// Whether a client may have one more connection.
    func admits(_ client: IPAddress) -> Bool {
        counts[Origin(client), default: 0] < settings.clientLimit
    }

    mutating func add(
        _ source: StreamSource, of client: IPAddress, at now: MonotonicTime
    ) -> Place {
        counts[Origin(client), default: 0] += 1
        return byActivity.schedule(source, at: now)
    }

    /// Notes when a connection was of use last.
    mutating func note(_ source: StreamSource, _ place: inout Place, at time: MonotonicTime) {
        byActivity.cancel(place)
        place = byActivity.schedule(source, at: time)
    }

    mutating func remove(_ place: Place, of client: IPAddress) {
        byActivity.cancel(place)
        let origin = Origin(client)
        let count = counts[origin, default: 1] - 1
        counts[origin] = count == 0 ? nil : count
    }

    /// The connection that was idle for longest; it counts for its client until it is removed.
    mutating func takeIdlest() -> StreamSource? {
        byActivity.fire(MonotonicTime(nanoseconds: .max))
    }
}

/// Sockets of a stream listener, by numbers that are never used again.
struct StreamSource: RawRepresentable, Hashable, Sendable {
    let rawValue: UInt64
}
