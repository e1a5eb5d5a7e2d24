import Kubernetes
import Network

/// An address of an endpoint, with what it is called.
struct NamedEndpoint {
    let address: IPAddress
    /// The first label of its name.
    let label: String
    /// The label that it has without a hostname.
    let dashed: String
    /// Empty if there is none.
    let pod: String
    let slice: String
    let isReady: Bool

    /// In order of their addresses.
    static func all(of slices: [Shared<EndpointSlice>]) -> [NamedEndpoint] {
        slices.flatMap { slice in
            let endpoints = slice.value.endpoints
            return endpoints.indices.flatMap { index in
                endpoints.addresses(at: index).map {
                    NamedEndpoint(endpoints, index, $0, slice.value.metadata.name)
                }
            }
        }.sorted { ($0.address, $0.label) < ($1.address, $1.label) }
    }

    private init(_ list: EndpointList, _ index: Int, _ address: IPAddress, _ slice: String) {
        let hostname = list.hostname(at: index).lowercased()
        self.address = address
        dashed = String(decoding: DashedAddress(address).label.octets, as: UTF8.self)
        label = hostname.isEmpty ? dashed : hostname
        pod = list.podName(at: index)
        self.slice = slice
        isReady = list.conditions(at: index).isReady
    }

    var words: String {
        let pod = pod.isEmpty ? "" : ", pod \(pod)"
        let state = isReady ? "is ready" : "is not ready, and so has no record"
        return "endpoint \(label) at \(address) \(state) (EndpointSlice \(slice)\(pod))"
    }
}
