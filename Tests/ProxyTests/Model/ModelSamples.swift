import Kubernetes
import Network

@testable import Proxy

/// The node that meanings are read on: "n1" in zone "z1".
let here = NodeView(name: "n1", zone: "z1")

/// The service default/web of both families with port 80; addresses in it are what a test adds.
func web(_ change: (inout Service) -> Void = { _ in }) -> Service {
    var service = Service()
    service.metadata.name = "web"
    service.metadata.namespace = "default"
    service.spec.clusterIPs = ["10.96.0.1", "fd00:96::1"].compactMap { ClusterIP($0) }
    service.spec.ipFamilies = [.v4, .v6]
    service.spec.ports = [port(80)]
    change(&service)
    return service
}

func port(_ number: UInt16, _ name: String = "", _ transport: TransportProtocol = .tcp)
    -> ServicePort
{
    var port = ServicePort()
    (port.name, port.port, port.transport) = (name, number, transport)
    return port
}

/// A slice of default/web whose endpoints are written as `Endpoint(words:)` reads them.
func slice(
    _ endpoints: [String], _ name: String = "web-1", ports: [(String, UInt16?)] = [("", 8080)],
    _ change: (inout EndpointSlice) -> Void = { _ in }
) -> Shared<EndpointSlice> {
    var slice = EndpointSlice()
    slice.metadata.name = name
    slice.metadata.namespace = "default"
    slice.metadata.labels = [EndpointSlice.serviceLabel: "web"]
    for endpoint in endpoints { try? slice.endpoints.append(Endpoint(words: endpoint)) }
    slice.addressType = slice.endpoints.first?.addresses[0].family == .v6 ? .ipv6 : .ipv4
    slice.ports = ports.map { name, number in
        var port = EndpointPort()
        (port.name, port.port) = (name, number)
        return port
    }
    change(&slice)
    return Shared(slice)
}

func meaning(
    _ service: Service = web(), _ slices: [Shared<EndpointSlice>] = [], on node: NodeView = here,
    family: IPFamily = .v4, _ settings: ModelSettings = ModelSettings()
) -> ServiceMeaning {
    ServiceMeaning(of: service, slices: slices, on: node, family: family, settings: settings)
}

extension ClusterIP {
    init?(_ text: String) { self.init(field: text.utf8.span) }
}

extension Endpoint {
    /// An address or the last number of 10.0.0.0/24, then words: a state, "here" or "there" for
    /// the node, "zone:z1" and "node:n1" for hints, "pod:web-0" for its name.
    init(words text: String) {
        self.init()
        let words = text.split(separator: " ").map(String.init)
        let address = UInt8(words[0]).map { .v4(IPv4Address(10, 0, 0, $0)) } ?? IPAddress(words[0])
        addresses = [address ?? IPAddress()]
        for word in words.dropFirst() { read(word) }
    }

    private mutating func read(_ word: String) {
        switch word {
        case "here": nodeName = "n1"
        case "there": nodeName = "n2"
        case "ready":
            conditions = EndpointConditions(ready: true, serving: true, terminating: false)
        case "unready":
            conditions = EndpointConditions(ready: false, serving: false, terminating: false)
        case "serving":
            conditions = EndpointConditions(ready: false, serving: true, terminating: true)
        case "ending":
            conditions = EndpointConditions(ready: false, serving: false, terminating: true)
        default:
            var name = EndpointHints.Hint()
            let sides = word.split(separator: ":").map(String.init)
            name.name = sides[1]
            switch sides[0] {
            case "zone": hints.forZones.append(name)
            case "node": hints.forNodes.append(name)
            default: target = EndpointTarget(pod: sides[1])
            }
        }
    }
}

extension [Backend] {
    /// The last numbers of addresses of 10.0.0.0/24: "1 2".
    var numbers: String {
        map { backend in
            if case .v4(let address) = backend.address { return "\(address.rawValue & 0xFF)" }
            return "\(backend.address)"
        }.joined(separator: " ")
    }

    /// The addresses' last numbers with their ports: "1:8080".
    var numbersAndPorts: String {
        map { "\([$0].numbers):\($0.port)" }.joined(separator: " ")
    }
}
