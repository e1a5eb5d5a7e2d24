import JSON
import Kubernetes
import Network
import Platform

/// The endpoints of one service, out of all its slices.
struct ServiceEndpoints {
    let key: ObjectKey
    /// Nil where slices name a service that is not there.
    let service: Service?
    let slices: [EndpointSlice]

    init(_ key: ObjectKey, in snapshot: Snapshot) {
        self.key = key
        service = snapshot.services[key]?.value
        slices = snapshot.slices(of: key).map(\.value).sorted { $0.key < $1.key }
    }

    /// Whether there is anything to show.
    var exists: Bool { !slices.isEmpty || service != nil && service?.spec.type != .externalName }
}

/// What becomes of traffic to an endpoint.
enum EndpointState: String, CaseIterable {
    case ready
    /// On its way out, but still good for connections where nothing else is ready.
    case serving = "terminating (serving)"
    case terminating
    case notReady = "not ready"

    init(_ conditions: EndpointConditions) {
        if conditions.isTerminating {
            self = conditions.isServing ? .serving : .terminating
        } else {
            self = conditions.isReady ? .ready : .notReady
        }
    }
}

extension EndpointSlice {
    func count(_ states: Set<EndpointState>) -> Int {
        endpoints.indices.count { states.contains(EndpointState(endpoints.conditions(at: $0))) }
    }

    /// Where traffic for ready endpoints goes: `10.0.0.1:80`, once for each port.
    var readyAddresses: [String] {
        endpoints.indices.flatMap { index in
            let state = EndpointState(endpoints.conditions(at: index))
            guard state == .ready else { return [String]() }
            let address = endpoints.address(at: index)
            let numbers = ports.compactMap(\.port)
            return numbers.isEmpty
                ? ["\(address)"] : numbers.map { "\(AddressAndPort(address, Port($0)))" }
        }
    }
}

extension ServiceEndpoints {
    static let columns: [Column] = [
        "NAME", "READY", "NOT-READY", "TERMINATING", "ENDPOINTS", "AGE",
    ]
    /// Wide tables have a line for each endpoint.
    static let wideColumns: [Column] = [
        "NAME", "ADDRESS", "PORTS", "STATE", "NODE", "ZONE", "POD",
    ]

    func rows(isWide: Bool, at now: WallTime) -> [[String]] {
        isWide ? endpointRows : [summary(at: now)]
    }

    private func summary(at now: WallTime) -> [String] {
        let meta = service?.metadata ?? slices.first?.metadata ?? ObjectMeta()
        return [
            key.name, count([.ready]), count([.notReady]), count([.serving, .terminating]),
            shortened(slices.flatMap(\.readyAddresses), limit: 3), Cells.age(meta, at: now),
        ]
    }

    private func count(_ states: Set<EndpointState>) -> String {
        "\(slices.reduce(0) { $0 + $1.count(states) })"
    }

    private var endpointRows: [[String]] {
        let rows = slices.flatMap { slice in
            slice.endpoints.map { endpoint in
                [
                    key.name, endpoint.addresses.map(\.description).joined(separator: ","),
                    slice.portText, EndpointState(endpoint.conditions).rawValue,
                    Cells.text(endpoint.nodeName), Cells.text(endpoint.zone),
                    Cells.text(endpoint.target.name),
                ]
            }
        }
        let nothing = [key.name] + Self.wideColumns.dropFirst().map { _ in Cells.none }
        return rows.isEmpty ? [nothing] : rows
    }
}

extension Item {
    init(_ endpoints: ServiceEndpoints, isWide: Bool, at now: WallTime) {
        kind = .endpointSlice
        key = endpoints.key
        labels = endpoints.service?.metadata.labels ?? Labels()
        rows = endpoints.rows(isWide: isWide, at: now)
        documents = { () throws(ObjectError) in
            var documents: [JSONValue] = []
            for slice in endpoints.slices { documents.append(try slice.document) }
            return documents
        }
    }
}
