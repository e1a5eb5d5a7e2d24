package import Network
import Platform

extension LeaseFolder {
    /// Releases one address whoever has it; false means that there was no lease of it.
    package func release(_ address: IPAddress) throws(CNIError) -> Bool {
        guard let store = try LeaseStore(existing: self, []) else { return false }
        let content = try onDisk { () throws(PlatformError) in try self.content(of: address) }
        guard let content else { return false }
        if case .owner(let owner) = content, var record = try store.record(of: owner) {
            let place = record.leases.first { $0.address == address }?.set ?? 0
            try store.remove([Lease(address, set: place)], since: store.now)
            record.leases.removeAll { $0.address == address }
            if record.leases.isEmpty {
                try store.removeRecord(of: owner)
            } else {
                try store.write(record, of: owner)
            }
        } else {
            try store.remove([Lease(address, set: 0)], since: store.now)
        }
        try store.finish()
        return true
    }

    /// Releases what `entries` calls reclaimable.
    package func reclaim() throws(CNIError) {
        guard let store = try LeaseStore(existing: self, []) else { return }
        try store.look()
        _ = try store.reclaimLeaked()
        try store.finish()
    }
}
