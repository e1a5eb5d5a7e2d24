import Network
import Platform
import Synchronization

/// Finds out whether a pool of servers leads back to us, by a question that only we can have (D89).
final class LoopProber: Sendable {
    private let resolver: Resolver
    private let loops: LoopWatch
    private let targets: [Target]
    private let report: @Sendable (ServiceReport) -> Void
    private let looping = Mutex<Set<Int>>([])

    /// A pool, and a zone whose names are sent to it.
    struct Target: Hashable, Sendable {
        let pool: Int
        let zone: DomainName
        let upstreams: [AddressAndPort]
    }

    init(
        _ resolver: Resolver, _ loops: LoopWatch, _ targets: [Target],
        report: @escaping @Sendable (ServiceReport) -> Void
    ) {
        self.resolver = resolver
        self.loops = loops
        self.targets = targets
        self.report = report
    }
}

extension LoopProber {
    /// Asks all of them, or only those that led back the last time.
    func probe(onlyLooping: Bool) {
        let known = looping.withLock(\.self)
        var random = SecureRandom()
        for target in targets where !onlyLooping || known.contains(target.pool) {
            guard let name = Self.name(in: target.zone, &random) else { continue }
            loops.begin(name, pool: target.pool)
            resolver.probe(Lookup(name, .hinfo), through: target.pool) { [self] in
                finish(target, cameBack: loops.end(name, pool: target.pool))
            }
        }
    }

    private func finish(_ target: Target, cameBack: Bool) {
        let changed = looping.withLock { looping in
            cameBack
                ? looping.insert(target.pool).inserted : looping.remove(target.pool) != nil
        }
        guard changed else { return }
        report(cameBack ? .looping(target.upstreams) : .loopEnded(target.upstreams))
    }

    /// A name that nobody can guess, or a client could make us believe in a loop (CVE-2026-26018).
    private static func name(in zone: DomainName, _ random: inout SecureRandom) -> DomainName? {
        let label = String(random.next(), radix: 16) + String(random.next(), radix: 16)
        return zone.prefixed(label.utf8)
    }
}

extension ServerPlan {
    /// The pools of blocks that look for loops.
    var loopTargets: [LoopProber.Target] {
        blocks.filter(\.options.detectsLoops).flatMap(\.routes).map { route in
            LoopProber.Target(
                pool: route.pool, zone: route.zones.first ?? .root,
                upstreams: pools[route.pool].upstreams.map(\.address))
        }
    }
}
