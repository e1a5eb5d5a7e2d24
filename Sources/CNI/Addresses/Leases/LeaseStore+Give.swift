import Network
import Platform

extension LeaseStore {
    /// Gives an attachment one address of each set, all or none; what it has already it keeps.
    func give(_ request: LeaseRequest) throws(CNIError) -> [IPAddress] {
        let owner = request.owner
        let held = try record(of: owner).map { record throws(CNIError) in
            try heldLeases(record, by: owner)
        }
        var choices: [LeaseChoice] = []
        for place in sets.indices {
            choices.append(try choose(place: place, request, held: held ?? []))
        }
        try commit(choices, request, held: held ?? [])
        try finish()
        return choices.map(\.lease.address)
    }

    private func choose(
        place: Int, _ request: LeaseRequest, held: [Lease]
    ) throws(CNIError) -> LeaseChoice {
        let own = held.first { sets[place].range(of: $0.address) != nil }
        if let own, !request.isRepeatable {
            throw CNIError(
                .addressNotAvailable, "\(request.owner) has the address \(own.address) already",
                details: "duplicate allocation is not allowed: DEL releases the address")
        }
        if let wanted = request.wanted[place] {
            return try choose(wanted, place: place, own: own)
        }
        if let own, sets[place].assigns(own.address) {
            return LeaseChoice(lease: Lease(own.address, set: place), origin: .held)
        }
        return try chooseFree(place: place, rest: request.rest)
    }

    /// An address that is asked for by name does not rest: who asks wants that one.
    private func choose(
        _ wanted: RequestedAddress, place: Int, own: Lease?
    ) throws(CNIError) -> LeaseChoice {
        let lease = Lease(wanted.address, set: place)
        if own?.address == wanted.address { return LeaseChoice(lease: lease, origin: .held) }
        let content = try onDisk { () throws(PlatformError) in
            try folder.content(of: wanted.address)
        }
        if let content { throw wanted.taken(by: content) }
        return LeaseChoice(lease: lease, origin: .requested)
    }

    private func chooseFree(place: Int, rest: Duration) throws(CNIError) -> LeaseChoice {
        if let choice = try choose(place: place, rest: rest) { return choice }
        if try sweep(place: place, rest: rest), let choice = try choose(place: place, rest: rest) {
            return choice
        }
        if try !reclaimLeaked().isEmpty, let choice = try choose(place: place, rest: rest) {
            return choice
        }
        throw try exhaustion(place: place, rest: rest)
    }
}

extension LeaseStore {
    private func commit(
        _ choices: [LeaseChoice], _ request: LeaseRequest, held: [Lease]
    ) throws(CNIError) {
        let kept = choices.map(\.lease)
        let surplus = held.filter { old in !kept.contains { $0.address == old.address } }
        var record = LeaseRecord(
            leases: kept + surplus, bootID: bootID, given: now, pod: request.pod,
            hostLink: try hostLink(request.hostLink))
        do throws(CNIError) {
            try write(record, of: request.owner)
            try makeLeases(choices.filter { $0.origin != .held }, for: request.owner)
            guard !surplus.isEmpty else { return }
            try remove(surplus, since: now)
            record.leases = kept
            try write(record, of: request.owner)
        } catch {
            try? undo(record, held: held, of: request.owner)
            throw error
        }
    }

    private func hostLink(_ name: InterfaceName?) throws(CNIError) -> HostLink? {
        guard let name else { return nil }
        return try onDisk { () throws(PlatformError) in
            HostLink(name, in: try HostLink.currentNamespace())
        }
    }

    /// Makes the leases of new addresses and moves on what they were taken from.
    private func makeLeases(
        _ choices: [LeaseChoice], for owner: LeaseOwner
    ) throws(CNIError) {
        if choices.isEmpty { return }
        try onDisk { () throws(PlatformError) in try writeUnnamedLease(owner) }
        for choice in choices {
            let address = choice.lease.address
            let isNew = try onDisk { () throws(PlatformError) in
                try File.addName(folder.lease(address), to: folder.unnamedLease)
            }
            guard isNew else {
                throw CNIError(
                    .tryAgainLater, "another program took \(address) at the same time",
                    details: "it does not take the lock \(folder.lock)")
            }
        }
        try onDisk { () throws(PlatformError) in
            try File.remove(folder.unnamedLease)
            for choice in choices { try moveOn(from: choice) }
        }
    }

    /// Writes what all leases of the attachment hold; they are names of one file.
    private func writeUnnamedLease(_ owner: LeaseOwner) throws(PlatformError) {
        let path = folder.unnamedLease
        let content = owner.fileContent
        if try File.create(path, with: content.span) { return }
        // Left by a call that was killed. To write over it would change that call's lease.
        try File.remove(path)
        _ = try File.create(path, with: content.span)
    }

    private func moveOn(from choice: LeaseChoice) throws(PlatformError) {
        switch choice.origin {
        case .held, .requested: break
        case .cursor: try moveCursor(choice.lease.set, to: choice.lease.address)
        case .queue(let next):
            var queue = try ReleaseQueue(folder.released(choice.lease.set))
            try queue.advance(to: next)
        }
    }

    /// Leaves the attachment with what it had before.
    private func undo(
        _ attempt: LeaseRecord, held: [Lease], of owner: LeaseOwner
    ) throws(CNIError) {
        var record = attempt
        let made = try heldLeases(record, by: owner).filter { lease in
            !held.contains { $0.address == lease.address }
        }
        try remove(made, since: .longAgo)
        if held.isEmpty {
            try removeRecord(of: owner)
        } else {
            record.leases = held
            try write(record, of: owner)
        }
        // Where anything of this fails the mark is missing, and the next call looks.
        try finish()
    }
}

extension RequestedAddress {
    fileprivate func taken(by content: LeaseFile.Content) -> CNIError {
        let holder =
            switch content {
            case .owner(let owner): "\(owner) has it"
            case .empty, .note: "a file without owner keeps it"
            }
        return CNIError(
            .addressNotAvailable, "the requested address \(address) is not free",
            details: "\(source) asks for it, but \(holder)")
    }
}
