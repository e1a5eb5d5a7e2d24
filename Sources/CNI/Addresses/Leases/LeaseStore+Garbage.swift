import Platform

extension LeaseStore {
    /// Releases what attachments other than these have; the first failure is told at the end.
    func releaseAll(but valid: Set<LeaseOwner>) throws(CNIError) {
        var failure: CNIError?
        for owner in try onDisk({ () throws(PlatformError) in try folder.recordedOwners() })
        where !valid.contains(owner) {
            do throws(CNIError) { try release(owner) } catch { failure = failure ?? error }
        }
        if let failure { throw failure }
    }
}
