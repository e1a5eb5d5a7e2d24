/// Where the names go that a block does not answer itself.
package struct UpstreamPath: Sendable {
    /// The first that takes a name is asked.
    package var routes: [Route]
    /// The number of the cache among the catalog's; nil if nothing is kept.
    package var cache: Int?
    /// Only these zones are kept; all if there are none.
    package var cachedZones: [ZoneSuffix] = []

    package init(_ routes: [Route]) { self.routes = routes }

    package struct Route: Sendable {
        package var zones: [DomainName]
        package var exceptions: [DomainName] = []
        /// The number of the pool among the forwarder's.
        package var pool: Int

        package init(_ zones: [DomainName], pool: Int) {
            self.zones = zones
            self.pool = pool
        }

        func takes(_ name: DomainName) -> Bool {
            zones.contains { name.isWithin($0) } && !exceptions.contains { name.isWithin($0) }
        }
    }
}

extension UpstreamPath {
    /// The pools to ask, one after the other while they leave it to the next.
    func pools(for name: DomainName) -> [Int] { routes.filter { $0.takes(name) }.map(\.pool) }

    /// The cache in which a name's answers are kept.
    @inline(__always)
    func cache(for name: borrowing QuestionName) -> Int? {
        guard let cache else { return nil }
        if cachedZones.isEmpty { return cache }
        for index in cachedZones.indices where name.labelsBefore(cachedZones[index]) != nil {
            return cache
        }
        return nil
    }
}
