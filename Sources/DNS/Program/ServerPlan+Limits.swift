extension ServerPlan {
    /// How often clients may ask at a point: by all its blocks, as a datagram has not been read yet.
    func rateLimit(at point: ListeningPoint) -> RateLimitOptions? {
        limitedBlocks(at: point).first?.rateLimit
    }

    private func limitedBlocks(at point: ListeningPoint) -> [ServerBlock] {
        (points[point] ?? []).map { blocks[$0.block].options }.filter { $0.rateLimit != nil }
    }

    /// Refuses limits of which only one could be kept.
    func checkRateLimits() throws(DNSError) {
        for point in points.keys {
            let limited = limitedBlocks(at: point)
            guard let first = limited.first,
                let other = limited.first(where: { $0.rateLimit != first.rateLimit })
            else { continue }
            throw DNSError(
                .configuration, "limit clients at \(point)",
                "the blocks at \(first.place) and \(other.place) have different limits: "
                    + "write ratelimit in one of them, it counts for both")
        }
    }
}
