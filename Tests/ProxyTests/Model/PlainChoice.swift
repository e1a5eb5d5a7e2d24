import Kubernetes
import Network

@testable import Proxy

/// The rules of S10 to S36 for one port, written down one after the other as they are told.
struct PlainChoice {
    /// By "address:port".
    private var endpoints: [String: Endpoint] = [:]
    private let node: NodeView

    init(_ slices: [EndpointSlice], of port: ServicePort, on node: NodeView) {
        self.node = node
        for slice in slices.sorted(by: { $0.metadata.name < $1.metadata.name }) {
            for used in slice.ports where used.name == port.name {
                guard used.transport == port.transport, let number = used.port, number > 0 else {
                    continue
                }
                for endpoint in slice.endpoints {
                    add(endpoint, "\(endpoint.addresses[0]):\(number)")
                }
            }
        }
    }

    private mutating func add(_ endpoint: Endpoint, _ place: String) {
        if let known = endpoints[place], endpoint.conditions.isTerminating,
            !known.conditions.isTerminating
        {
            return
        }
        endpoints[place] = endpoint
    }

    private func isReady(_ endpoint: Endpoint) -> Bool { endpoint.conditions.ready != false }

    private func isLastResort(_ endpoint: Endpoint) -> Bool {
        endpoint.conditions.serving != false && endpoint.conditions.terminating == true
    }

    private var ready: [String: Endpoint] { endpoints.filter { isReady($0.value) } }

    var hasAny: Bool { endpoints.values.contains { isReady($0) || isLastResort($0) } }

    var cluster: Set<String> {
        if ready.isEmpty { return Set(endpoints.filter { isLastResort($0.value) }.keys) }
        let hints: [(wanted: String, of: (Endpoint) -> [String])] = [
            (node.name, { $0.hints.forNodes.map(\.name) }),
            (node.zone, { $0.hints.forZones.map(\.name) }),
        ]
        for (wanted, of) in hints where !wanted.isEmpty {
            if ready.values.contains(where: { of($0).isEmpty }) { continue }
            let kept = ready.filter { of($0.value).contains(wanted) }
            if !kept.isEmpty { return Set(kept.keys) }
        }
        return Set(ready.keys)
    }

    var local: Set<String> {
        let here = endpoints.filter { $0.value.nodeName == node.name }
        let ready = here.filter { isReady($0.value) }
        return Set((ready.isEmpty ? here.filter { isLastResort($0.value) } : ready).keys)
    }
}
