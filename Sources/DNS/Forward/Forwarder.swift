import Platform
import Synchronization
import TLS

/// Asks upstream servers on behalf of any thread, with one thread and all its sockets of its own.
package final class Forwarder: Sendable {
    private let arrivals = ForwardArrivals()
    private let counted: ForwardCounters
    private let waker: Waker
    private let isStopped = Flag()
    private let thread: Thread

    package init(_ pools: [ForwardSettings]) throws(DNSError) {
        counted = ForwardCounters(pools)
        let contexts = try pools.map { settings throws(DNSError) in try settings.tlsContext }
        do throws(PlatformError) {
            let loop = try EventLoop<SocketID>()
            waker = loop.waker
            thread = try Thread(owning: loop) { [arrivals, counted, isStopped] loop in
                let engine = ForwardEngine(pools, random: SecureRandom())
                var service = ForwardService(loop, engine, arrivals, counted, contexts)
                service.run(until: isStopped)
            }
        } catch {
            throw DNSError(.socket, "start to forward", "\(error)")
        }
    }

    deinit { stop() }
}

extension Forwarder {
    /// Asks through one of the pools; tells on the forwarder's thread what came of it, at the latest
    /// 1.8 s after.
    package func resolve(
        _ lookup: Lookup, through pool: Int, completion: @escaping @Sendable (Resolution) -> Void
    ) {
        let arrival = ForwardArrivals.Arrival(
            lookup: lookup, pool: pool, completion: completion)
        switch arrivals.add(arrival) {
        case .first: waker.wake()
        case .later: break
        case .closed: completion(.failure(.stopped))
        }
    }

    /// Ends all that is under way with a failure, and takes nothing more.
    package func stop() {
        isStopped.set()
        waker.wake()
    }

    package var statistics: ForwardStatistics { counted.statistics }
}

extension ForwardSettings {
    /// What connections by TLS have in common; nil if there are none.
    fileprivate var tlsContext: TLSContext? {
        get throws(DNSError) {
            let speaksTLS = upstreams.contains {
                if case .tls = $0.transport { true } else { false }
            }
            guard speaksTLS else { return nil }
            do throws(TLSError) {
                return try .client(authorities: tlsAuthorities, identity: tlsIdentity)
            } catch {
                throw DNSError(.configuration, "forward by TLS", "\(error)")
            }
        }
    }
}

/// Lookups on their way to the forwarder's thread.
final class ForwardArrivals: Sendable {
    struct Arrival: Sendable {
        let lookup: Lookup
        let pool: Int
        let completion: @Sendable (Resolution) -> Void
    }

    enum Reception {
        /// The thread has to be told.
        case first
        case later
        /// Nobody will come for it.
        case closed
    }

    private let waiting = Mutex<[Arrival]?>([])

    func add(_ arrival: Arrival) -> Reception {
        waiting.withLock { waiting in
            guard let count = waiting?.count else { return .closed }
            waiting?.append(arrival)
            return count == 0 ? .first : .later
        }
    }

    func take() -> [Arrival] { waiting.withLock { waiting in replace(&waiting, with: []) } }

    /// Hands over the last ones.
    func close() -> [Arrival] { waiting.withLock { waiting in replace(&waiting, with: nil) } }

    private func replace(_ waiting: inout [Arrival]?, with next: [Arrival]?) -> [Arrival] {
        guard let taken = waiting else { return [] }
        waiting = next
        return taken
    }
}

/// What has been counted, for other threads to read.
final class ForwardCounters: Sendable {
    private let counted: Mutex<ForwardStatistics>

    init(_ pools: [ForwardSettings]) { counted = Mutex(ForwardStatistics(pools)) }

    func add(_ observation: ForwardObservation) { counted.withLock { $0.add(observation) } }

    var statistics: ForwardStatistics { counted.withLock { $0 } }
}
