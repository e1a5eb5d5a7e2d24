import Kubernetes
import Network
import Platform

extension ClusterIndexWriter {
    /// Makes addresses lead back to a service as its record says, and no longer as the former said.
    mutating func updateAddresses(of service: [UInt8], _ before: [UInt8]?, _ now: [UInt8]?) {
        let old = Self.references(to: service, in: before)
        let new = Self.references(to: service, in: now)
        for (address, references) in old where new[address] != references {
            if new[address] == nil { replace(at: address, of: service, by: []) }
        }
        for (address, references) in new where old[address] != references {
            replace(at: address, of: service, by: references)
        }
    }

    private static func references(
        to service: [UInt8], in octets: [UInt8]?
    ) -> [IPAddress: Set<AddressReference>] {
        var references: [IPAddress: Set<AddressReference>] = [:]
        guard let octets else { return references }
        let record = ServiceRecord(octets.span)
        for family in IPFamily.allCases {
            for index in 0..<record.clusterCount(family) {
                guard let address = IPAddress(octets: record.clusterAddress(index, family)) else {
                    continue
                }
                let reference = AddressReference(isCluster: true, label: [], service: service)
                references[address, default: []].insert(reference)
            }
            for index in 0..<record.endpointCount(family) {
                let endpoint = record.endpoint(index, family)
                guard let address = IPAddress(octets: record.address(endpoint)) else { continue }
                let label = record.hasLabel(endpoint) ? record.label(endpoint).octets : []
                let reference = AddressReference(isCluster: false, label: label, service: service)
                references[address, default: []].insert(reference)
            }
        }
        return references
    }

    private mutating func replace(
        at address: IPAddress, of service: [UInt8], by references: Set<AddressReference>
    ) {
        let key = ClusterKey.address(address)
        let before = AddressReference.decoded(table.value(key.octets) ?? [])
        let now = (before.filter { $0.service != service } + references).sorted()
        if now.isEmpty {
            table.remove(key.octets)
            removePath(to: address)
        } else {
            table.put(AddressReference.encoded(now).span, at: key.octets)
            if before.isEmpty { addPath(to: address) }
        }
    }

    /// Makes the names above an address's reverse name exist (D22).
    private mutating func addPath(to address: IPAddress) {
        for step in (0..<ReversePath.steps(address.family)).reversed() {
            let key = ClusterKey.reverse(address, steps: step)
            let part = ReversePath.part(step, of: address)
            var parts = table.value(key.octets) ?? []
            let isNew = parts.isEmpty
            let position = ReversePath.position(part, in: parts.span) * 2
            if position < parts.count, parts.span.bigEndian16(at: position) == part { return }
            parts.insert(
                contentsOf: [UInt8(part >> 8), UInt8(truncatingIfNeeded: part)], at: position)
            table.put(parts.span, at: key.octets)
            if !isNew { return }
        }
    }

    private mutating func removePath(to address: IPAddress) {
        for step in (0..<ReversePath.steps(address.family)).reversed() {
            let key = ClusterKey.reverse(address, steps: step)
            let part = ReversePath.part(step, of: address)
            guard var parts = table.value(key.octets) else { return }
            let position = ReversePath.position(part, in: parts.span) * 2
            guard position < parts.count, parts.span.bigEndian16(at: position) == part else {
                return
            }
            parts.removeSubrange(position..<position + 2)
            if !parts.isEmpty { return table.put(parts.span, at: key.octets) }
            table.remove(key.octets)
        }
    }

    /// Brings the names of a pod up to date, and says whether they changed.
    mutating func update(_ change: Change<Pod>) -> Bool {
        let before = names(of: change.before?.value)
        let now = names(of: change.now?.value)
        if before == now { return false }
        let namespace = Array(change.key.namespace.lowercasedASCII.utf8)
        guard (1...DomainName.longestLabel).contains(namespace.count) else { return false }
        var changed = false
        for address in before.subtracting(now)
        where countPods(at: .pod(address, namespace.span), -1) {
            changed = true
        }
        for address in now.subtracting(before) where countPods(at: .pod(address, namespace.span), 1)
        {
            changed = true
        }
        return changed
    }

    /// Counts the pods of an address, which those in the node's network share; true if there were
    /// none, or are none any longer.
    private mutating func countPods(at key: ClusterKey, _ difference: Int) -> Bool {
        let before = table.value(key.octets).map { Int($0.span.bigEndian32(at: 0)) } ?? 0
        let now = before + difference
        if now > 0 {
            let octets = [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: now >> $0) }
            table.put(octets.span, at: key.octets)
        } else {
            table.remove(key.octets)
        }
        return before == 0 || now == 0
    }

    /// The addresses that a pod has a name for: all of them, while it runs (D48).
    private func names(of pod: Pod?) -> Set<IPAddress> {
        guard let pod, !Self.endedPhases.contains(pod.status.phase) else { return [] }
        return Set(pod.status.podIPs.compactMap { IPAddress($0.ip) })
    }

    /// A pod that has one of these has no address that is its own.
    private static var endedPhases: Set<String> { ["Succeeded", "Failed", "Unknown"] }
}
