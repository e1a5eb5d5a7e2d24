import Platform

extension LeaseStore {
    /// Releases what attachments other than these have.
    func releaseAll(but valid: Set<LeaseOwner>) throws(CNIError) {
        for owner in try onDisk({ () throws(PlatformError) in try folder.recordedOwners() })
        where !valid.contains(owner) { try release(owner) }
    }
}
