import Kubernetes
import Network

extension NameExplainer {
    /// `pod.Z` and what is below it.
    func pods(_ labels: ArraySlice<String>) -> [String] {
        guard let namespace = labels.last else {
            return ["pod.\(zone) has no records itself: names of pods' addresses lie below it"]
        }
        guard exists(namespace) else { return ["namespace \(namespace) does not exist"] }
        guard let label = labels.dropLast().last, labels.count == 2 else {
            return labels.count == 1
                ? ["namespace \(namespace) exists, and its own name has no records"]
                : ["nothing lies below the name of a pod's address"]
        }
        guard let address = IPAddress(looselyDashed: label.utf8.span) else {
            return [
                "'\(label)' is no address with dashes, such as 10-1-2-3: pods have no other name"
            ]
        }
        let pods = snapshot.pods.filter { entry in
            entry.value.value.status.podIPs.contains { IPAddress($0.ip) == address }
        }.map(\.key).sorted()
        return [
            "with 'pods insecure' every address has a name in a namespace, and \(namespace) exists",
            verified(pods, address, namespace),
        ]
    }

    private func verified(
        _ pods: [ObjectKey], _ address: IPAddress, _ namespace: String
    ) -> String {
        let here = pods.filter { $0.namespace == namespace }
        if !here.isEmpty {
            return "pod \(Self.list(here.map { "\($0)" })) has the address \(address)"
        }
        let others = pods.isEmpty ? "" : ", but pod \(Self.list(pods.map { "\($0)" })) has"
        return "with 'pods verified' there is no such name: no pod of namespace \(namespace) has "
            + "the address \(address)\(others)"
    }

    /// A name in `in-addr.arpa` or `ip6.arpa`.
    func reverse(_ name: DomainName) -> [String] {
        guard let address = IPAddress(reverseName: name) else {
            return ["\(name) is not all of an address: names of addresses may lie below it"]
        }
        let services = snapshot.services.filter {
            $0.value.value.spec.clusterAddresses.contains(address)
        }.map { "\(address) is the address of service \($0.key)" }.sorted()
        // An address of a service stands for the service alone.
        let lines = services.isEmpty ? endpoints(address) : services
        if lines.isEmpty { return ["no service and no endpoint of one has the address \(address)"] }
        let others = types.filter { $0 != .ptr && $0 != .any }
        return lines + (others.isEmpty ? [] : ["names of addresses have PTR records only"])
    }

    private func endpoints(_ address: IPAddress) -> [String] {
        var lines: [String] = []
        for (_, slice) in snapshot.endpointSlices {
            guard let service = slice.value.serviceKey else { continue }
            for endpoint in NamedEndpoint.all(of: [slice]) where endpoint.address == address {
                lines.append("service \(service): \(endpoint.words)")
            }
        }
        return lines.sorted()
    }
}
