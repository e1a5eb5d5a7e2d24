import Network
import Platform

extension LeaseStore {
    /// Makes the index say again what the leases say, by reading all of them.
    ///
    /// Leases without record are another program's, or of a call that was killed: they are taken
    /// over. Those of an earlier boot are released, for their containers are gone.
    func look() throws(CNIError) {
        try onDisk { () throws(PlatformError) in
            try Directory.create(folder.index, mode: 0o700)
            try removeTemporaries()
        }
        var owned = try leasesByOwner()
        for owner in try onDisk({ () throws(PlatformError) in try folder.recordedOwners() }) {
            try compare(owner, with: owned.removeValue(forKey: owner) ?? [])
        }
        for (owner, addresses) in owned { try takeOver(addresses, of: owner) }
        try finish()
    }

    /// What killed calls leave beside the files they were about to make.
    private func removeTemporaries() throws(PlatformError) {
        try File.remove(folder.unnamedLease)
        for path in [folder.leases, folder.index] {
            for name in try Directory.list(path) where name.hasPrefix(File.temporaryPrefix) {
                try File.remove("\(path)/\(name)")
            }
        }
    }

    /// The leases; what is empty is removed, for nobody could ever release it.
    private func leasesByOwner() throws(CNIError) -> [LeaseOwner: [IPAddress]] {
        var owned: [LeaseOwner: [IPAddress]] = [:]
        for file in try onDisk({ () throws(PlatformError) in try folder.scan() }) {
            switch file.content {
            case .owner(let owner): owned[owner, default: []].append(file.address)
            case .empty: try remove([lease(file.address)], since: .longAgo)
            case .note: break
            }
        }
        return owned
    }

    private func compare(
        _ owner: LeaseOwner, with addresses: [IPAddress]
    ) throws(CNIError) {
        let record: LeaseRecord?
        do throws(CNIError) {
            record = try readRecord(of: owner).record
        } catch  where error.code == .stateDamaged {
            // A newer version's: only a call about this attachment has to understand it.
            if addresses.isEmpty { try removeRecord(of: owner) }
            return
        }
        if addresses.isEmpty { return try removeRecord(of: owner) }
        guard let record else { return try takeOver(addresses, of: owner) }
        if record.bootID != bootID {
            try remove(leases(of: record, at: addresses), since: .longAgo)
            try removeRecord(of: owner)
        } else if Set(record.addresses) != Set(addresses) {
            var right = record
            right.leases = leases(of: record, at: addresses)
            try write(right, of: owner)
        }
    }

    private func takeOver(_ addresses: [IPAddress], of owner: LeaseOwner) throws(CNIError) {
        let leases = addresses.map { lease($0) }
        try write(LeaseRecord(leases: leases, bootID: bootID, given: now), of: owner)
    }

    /// The addresses with the sets that a record has of them.
    private func leases(of record: LeaseRecord, at addresses: [IPAddress]) -> [Lease] {
        addresses.map { address in
            record.leases.first { $0.address == address } ?? lease(address)
        }
    }

    private func lease(_ address: IPAddress) -> Lease { Lease(address, set: set(of: address)) }
}
