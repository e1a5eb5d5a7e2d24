import Network
import Platform

extension AddressPart {
    /// Throws when an ADD could not get an address of each set.
    ///
    /// Nothing is locked, and no folder is listed unless a set has neither an address that was
    /// never given nor one that was released.
    package func status() throws(CNIError) {
        do throws(CNIError) {
            let sets = try settings.sets(with: try settings.nodeRanges())
            try onDisk { () throws(PlatformError) in try checkWritable() }
            for (place, set) in sets.enumerated() { try checkFree(set, place) }
        } catch {
            throw CNIError(.notAvailable, error.message, details: error.details)
        }
    }

    /// The folder, or what of its path is there and has to hold the rest.
    private func checkWritable() throws(PlatformError) {
        var path = folder.leases
        while try File.status(path) == nil, let slash = path.lastIndex(of: "/") {
            path = slash == path.startIndex ? "/" : String(path[..<slash])
        }
        try File.checkWritable(path)
    }

    private func checkFree(_ set: RangeSet, _ place: Int) throws(CNIError) {
        let isFree = try onDisk { () throws(PlatformError) in
            if set.address(after: try folder.lastReserved(place)) != nil { return true }
            return try hasReleased(set, place)
        }
        if isFree { return }
        // Only a look at all leases can tell now, as an ADD would have to take one.
        guard let store = try LeaseStore(existing: folder, settings.currentSets) else { return }
        if try store.sweep(place: place, rest: settings.rest) { return }
        if try !folder.leakedOwners().isEmpty { return }
        let error = try store.exhaustion(place: place, rest: settings.rest)
        if error.code != .tryAgainLater { throw error }
    }

    /// Whether one of the queue's first addresses is free; all entries but few are good.
    private func hasReleased(_ set: RangeSet, _ place: Int) throws(PlatformError) -> Bool {
        guard let queue = try ReleaseQueue(reading: folder.released(place)) else { return false }
        for position in queue.first..<min(queue.end, queue.first + Self.tries) {
            guard let address = try queue.entry(at: position)?.address else { continue }
            if set.assigns(address), try File.linkStatus(folder.lease(address)) == nil {
                return true
            }
        }
        return false
    }

    private static let tries = 8
}
