import Kubernetes
import Network
import TestSupport

/// A service of the matrix: what stands behind it, and its policies.
struct MatrixService: Sendable {
    let number: Int
    let backing: Backing
    let internalPolicy: TrafficPolicy
    let externalPolicy: TrafficPolicy

    enum Backing: String, CaseIterable, Sendable {
        case localAndRemote = "near1 ready, there1 ready"
        case onlyRemote = "there1 ready"
        case onlyLocal = "near1 ready"
        case nothing = ""
        case onlyServing = "near1 serving, there1 serving"
        case localFallback = "near1 serving, there1 ready"
        case notReady = "near1 unready, there1 ending"
        case notReadyHere = "near1 unready, there1 ready"

        var endpoints: [String] {
            rawValue.split(separator: ",").map { String($0.drop(while: \.isWhitespace)) }
        }
    }

    static let all: [MatrixService] = {
        var all: [MatrixService] = []
        for backing in Backing.allCases {
            for policy in [TrafficPolicy.cluster, .local] {
                for other in [TrafficPolicy.cluster, .local] {
                    all.append(
                        MatrixService(
                            number: all.count, backing: backing, internalPolicy: policy,
                            externalPolicy: other))
                }
            }
        }
        return all
    }()
}

extension MatrixService {
    var name: String { "m\(number)" }

    func service(_ addresses: LabAddresses) -> Service {
        addresses.service(name, number) { service in
            service.expose(number, addresses)
            service.spec.internalTrafficPolicy = internalPolicy
            service.spec.externalTrafficPolicy = externalPolicy
        }
    }

    func slice(_ addresses: LabAddresses) -> EndpointSlice {
        addresses.slice(of: name, backing.endpoints.map(addresses.endpoint))
    }

    func oracle(pods: Set<LabClient>?) -> Oracle {
        Oracle(
            endpoints: backing.endpoints.map { Oracle.Endpoint($0) },
            internalIsLocal: internalPolicy == .local, externalIsLocal: externalPolicy == .local,
            pods: pods)
    }
}

/// One client at one address of a service.
struct TrafficCase: Sendable, CustomStringConvertible {
    let service: MatrixService
    let client: LabClient
    let entry: Entry
    let transport: TransportProtocol
    let expectation: Expectation

    var description: String {
        """
        \(expectation.rule) \(transport) from \(client) to \(entry) of \(service.name), \
        internal \(service.internalPolicy), external \(service.externalPolicy), \
        endpoints: \(service.backing.rawValue)
        """
    }

    /// All clients at all addresses of a service.
    static func all(of service: MatrixService, _ transport: TransportProtocol, _ oracle: Oracle)
        -> [TrafficCase]
    {
        LabClient.allCases.flatMap { client in
            Entry.allCases.map { entry in
                TrafficCase(
                    service: service, client: client, entry: entry, transport: transport,
                    expectation: oracle.expectation(client, entry))
            }
        }
    }
}

extension ProxyLab {
    func host(of client: LabClient) -> Host {
        switch client {
        case .pod: self.client
        case .far: far
        case .node: node
        case .outside: outside
        }
    }

    func target(_ entry: Entry, _ number: Int) -> (address: String, port: Port) {
        switch entry {
        case .clusterIP: (addresses.service(number), 80)
        case .nodePort: (addresses.wire(9, 1), Port(30000 + UInt16(number)))
        case .loadBalancer: (addresses.virtual(number), 80)
        case .externalIP: (addresses.external(number), 80)
        }
    }

    /// Asks once for each endpoint that may have a turn: twice.
    func answers(to question: TrafficCase) throws -> [Answer] {
        let (address, port) = target(question.entry, question.service.number)
        let isDropped = question.expectation.outcome == .dropped
        let isRefused = question.expectation.outcome == .refused
        let limit: Duration = isDropped ? .silence : .patience
        let once = {
            try self.host(of: question.client).answer(
                question.transport, address, port, within: limit)
        }
        let first = try once()
        // Who is not answered is not asked again: a test that fails is to end soon.
        return isDropped || isRefused || first.server == nil ? [first] : [first, try once()]
    }

    /// Whether answers are what is expected, who asked and who was seen included.
    func isRight(_ answers: [Answer], to question: TrafficCase) -> Bool {
        switch question.expectation.outcome {
        case .refused: answers.allSatisfy { $0 == .refused }
        case .dropped: answers.allSatisfy { $0 == .dropped }
        case .answered(let servers, let seesNode):
            Set(answers.compactMap(\.server)) == servers
                && answers.allSatisfy { answer in
                    guard case .reply(_, let client) = answer else { return false }
                    return isOfNode(client) == (seesNode || question.client == .node)
                        && (isOfNode(client) || client.description == address(of: question.client))
                }
        }
    }

    private func address(of client: LabClient) -> String {
        switch client {
        case .pod: addresses.pod(1, 2)
        case .far: addresses.pod(3, 0)
        case .node: addresses.wire(9, 1)
        case .outside: addresses.wire(9, 2)
        }
    }
}
