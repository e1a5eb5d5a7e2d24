import Network
import Platform

extension LeaseStore {
    /// What is recorded of an attachment; a damaged record is made again from the leases.
    func record(of owner: LeaseOwner) throws(CNIError) -> LeaseRecord? {
        let (isThere, record) = try readRecord(of: owner)
        if record != nil || !isThere { return record }
        try look()
        return try readRecord(of: owner).record
    }

    /// Whether there is a record, and what it says unless it is damaged.
    func readRecord(
        of owner: LeaseOwner
    ) throws(CNIError) -> (isThere: Bool, record: LeaseRecord?) {
        let text = try onDisk { () throws(PlatformError) in try folder.recordText(owner) }
        guard let text else { return (false, nil) }
        return (true, try LeaseRecord(parsing: text, at: folder.record(owner)))
    }

    func write(_ record: LeaseRecord, of owner: LeaseOwner) throws(CNIError) {
        let text = Array(record.text.utf8)
        try onDisk { () throws(PlatformError) in
            try File.replace(
                folder.record(owner), with: text.span, mode: 0o600, durably: false)
        }
    }

    func removeRecord(of owner: LeaseOwner) throws(CNIError) {
        _ = try onDisk { () throws(PlatformError) in try File.remove(folder.record(owner)) }
    }

    /// The addresses of a record that are leases of its owner: the files decide.
    func heldLeases(_ record: LeaseRecord, by owner: LeaseOwner) throws(CNIError) -> [Lease] {
        var held: [Lease] = []
        for lease in record.leases {
            let content = try onDisk { () throws(PlatformError) in
                try folder.content(of: lease.address)
            }
            if content == .owner(owner) { held.append(lease) }
        }
        return held
    }
}
