import Kubernetes
import Network

/// The endpoints of a service in one family, by address, whatever the port.
struct EndpointPool {
    /// Sorted by address, and within an address by the names of the slices.
    private(set) var members: [Candidate] = []
    private(set) var complaints: [Complaint] = []
    private let ports: EndpointPorts

    init(
        of service: Service, slices: [Shared<EndpointSlice>], on node: NodeView, family: IPFamily,
        weights: EndpointWeights? = nil
    ) {
        let slices = slices.filter { $0.value.isUsed(by: service, in: family) }
            .sorted { $0.value.metadata.name < $1.value.metadata.name }
        ports = EndpointPorts(of: slices)
        members.reserveCapacity(slices.reduce(0) { $0 + $1.value.endpoints.count })
        for (number, slice) in slices.enumerated() {
            append(slice.value, number, on: node, weights)
        }
        members.sort { $0.backend.address < $1.backend.address }
    }

    private mutating func append(
        _ slice: EndpointSlice, _ number: Int, on node: NodeView, _ weights: EndpointWeights?
    ) {
        let endpoints = slice.endpoints
        let shares = weights?.shares(of: slice)
        var special: [SpecialAddress: [IPAddress]] = [:]
        for index in endpoints.indices {
            let address = endpoints.address(at: index)
            if let kind = SpecialAddress(address) {
                special[kind, default: []].append(address)
                continue
            }
            let place = endpoints.place(at: index)
            let backend = Backend(
                address, port: 0, isLocal: !node.name.isEmpty && place.node == node.name,
                weight: shares?.weight(of: index, at: address) ?? 1)
            let state = EndpointState(endpoints.conditions(at: index), place.hints, on: node)
            members.append(Candidate(backend: backend, state: state, slice: number))
        }
        if let complaint = shares?.complaint { complaints.append(complaint) }
        complaints += special.map { slice.complaint($0, $1) }.sorted { $0.text < $1.text }
    }

    /// Those that have a port of a service, each address and port once, in their order (S12).
    func candidates(for port: ServicePort) -> [Candidate] {
        guard let numbers = ports.numbers(for: port) else { return [] }
        var found: [Candidate] = []
        found.reserveCapacity(members.count)
        var isSingle = true
        for var member in members where numbers[member.slice] != 0 {
            member.backend.port = numbers[member.slice]
            if found.last?.backend.address == member.backend.address { isSingle = false }
            found.append(member)
        }
        return isSingle ? found : Candidate.merged(found)
    }
}

extension EndpointSlice {
    /// Whether it is a slice of the service with addresses of the family (S9).
    fileprivate func isUsed(by service: Service, in family: IPFamily) -> Bool {
        addressType.family == family && serviceName == service.metadata.name
            && metadata.namespace == service.metadata.namespace
    }

    fileprivate func complaint(_ kind: SpecialAddress, _ addresses: [IPAddress]) -> Complaint {
        let first = addresses.first?.description ?? ""
        let what = addresses.count == 1 ? first : "\(addresses.count) endpoints such as \(first)"
        return complaint("leaves out \(what) (\(kind)): no pod has such an address")
    }

    func complaint(_ text: String) -> Complaint { Complaint("EndpointSlice \(key)", text) }
}
