import Network
import Platform

extension AddressPart {
    /// The attachment has its leases, and the result tells of them and of no others of the ranges.
    package func check(_ pod: PodCall, _ result: NetworkResult) throws(CNIError) {
        let owner = LeaseOwner(pod.attachment)
        let sets = settings.currentSets
        guard let store = try LeaseStore(existing: folder, sets) else { throw noLeases(owner) }
        var record = try store.record(of: owner)
        if record == nil { record = try store.record(of: owner.withoutInterface) }
        guard let record, !record.leases.isEmpty else { throw noLeases(owner) }
        let told = Set(result.addresses.map(\.address.address))
        for address in record.addresses {
            try checkLease(of: address, owner)
            guard told.contains(address) else {
                throw difference("\(owner) has \(address), of which prevResult says nothing")
            }
        }
        let strangers = told.filter { address in sets.contains { $0.assigns(address) } }
            .subtracting(record.addresses)
        if let stranger = strangers.min() {
            throw difference("prevResult has \(stranger), but there is no lease of it")
        }
    }

    private func checkLease(of address: IPAddress, _ owner: LeaseOwner) throws(CNIError) {
        let content = try onDisk { () throws(PlatformError) in try folder.content(of: address) }
        if content == .owner(owner) || content == .owner(owner.withoutInterface) { return }
        throw difference("the lease of \(address) is gone, or of somebody else")
    }

    private func noLeases(_ owner: LeaseOwner) -> CNIError {
        difference("\(owner) has no address")
    }

    private func difference(_ what: String) -> CNIError {
        CNIError(
            .checkFailed, what, details: "in \(folder.leases); DEL and ADD make it right again")
    }
}
