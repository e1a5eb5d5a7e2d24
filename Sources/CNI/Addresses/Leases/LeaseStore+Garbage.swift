import Platform

extension LeaseStore {
    /// Releases what attachments other than these have; the first failure is told at the end.
    func releaseAll(but valid: Set<LeaseOwner>) throws(CNIError) {
        var failure: CNIError?
        for owner in try onDisk({ () throws(PlatformError) in try folder.recordedOwners() })
        where !valid.contains(owner) {
            do throws(CNIError) {
                try releaseAnyway(owner)
            } catch {
                failure = failure ?? error
            }
        }
        if let failure { throw failure }
    }

    /// Releases also what a newer version recorded.
    private func releaseAnyway(_ owner: LeaseOwner) throws(CNIError) {
        do throws(CNIError) {
            try release(owner)
        } catch  where error.code == .stateDamaged {
            try onDisk { () throws(PlatformError) in try folder.removeLockedLeases(of: owner) }
            try removeRecord(of: owner)
        }
    }
}
