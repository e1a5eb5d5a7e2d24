import Network
import Platform
import Topology

/// A lab with services programmed into its nodes, servers in its pods and clients.
final class PathStand {
    struct Key: Hashable, Sendable {
        let program: PathProgram
        let services: Int
        let place: Place
    }

    let key: Key
    private let section: PathSection
    /// Its machines are there as long as it is referred to.
    private let lab: PathLab
    private let services: ServiceSet
    private let programmed: ProgrammedNodes
    private let servers: [LoadServer]
    private let client: LoadClient
    private let outside: LoadClient

    init(_ key: Key, _ section: PathSection, _ peers: PeerPaths) throws(BenchError) {
        let lab = try PathLab(key.place, endpoints: section.endpoints)
        let services = ServiceSet(
            key.services, endpoints: section.endpoints, families: section.families, key.place,
            kinds: Set(section.kinds))
        self.key = key
        self.section = section
        self.lab = lab
        self.services = services
        programmed = try ProgrammedNodes(key.program, services, lab.nodes, peers)
        servers = try Self.serve(in: lab)
        let placement = try Placement.standard
        client = try LoadClient(
            in: lab.client.namespace, placement, sources: section.families.flatMap(PathLab.clients))
        outside = try LoadClient(
            in: lab.outside.namespace, placement,
            sources: section.families.flatMap(PathLab.outsideClients))
    }

    private static func serve(in lab: PathLab) throws(BenchError) -> [LoadServer] {
        let address = AddressAndPort(.v6(.unspecified), Port(ServiceEntry.endpointPort))
        var servers: [LoadServer] = []
        for host in lab.servers {
            servers.append(try LoadServer(host.name, at: address, in: host.namespace))
        }
        return servers
    }

    /// Whether it took so long to build that it must do for all sittings.
    var isDear: Bool { programmed.duration > Self.affordable }

    private static let affordable = Duration.seconds(5)
}

extension PathStand {
    /// What of a section can be measured here in a family with a workload.
    func subjects(
        _ family: IPFamily, _ workload: Workload, flows: Int, for duration: Duration
    ) -> [LoadSubject] {
        var subjects: [LoadSubject] = []
        for kind in kinds {
            for isFromOutside in origins(of: kind) {
                let identity = PathIdentity(
                    key: key, kind: kind, family: family, workload: workload,
                    endpoints: section.endpoints, flows: flows, isFromOutside: isFromOutside)
                subjects.append(
                    LoadSubject(
                        identity.identity, workload, from: isFromOutside ? outside : client,
                        to: targets(kind, family), servers: servers, for: duration, flows: flows))
            }
        }
        return subjects
    }

    private var kinds: [ServiceKind] {
        key.program == .none
            ? section.measuredKinds.filter { $0 == .direct } : section.measuredKinds
    }

    /// The direct way is measured from wherever a service is asked.
    private func origins(of kind: ServiceKind) -> [Bool] {
        guard kind == .direct else { return [kind.isFromOutside] }
        let origins = Set(section.kinds.filter { $0 != .direct }.map(\.isFromOutside))
        return origins.isEmpty ? [false] : origins.sorted { !$0 && $1 }
    }

    /// Directly, each endpoint has its turn, as behind a service: what another pod costs that was not
    /// met just before is not the service's price.
    private func targets(_ kind: ServiceKind, _ family: IPFamily) -> [AddressAndPort] {
        guard kind == .direct else { return [services.target(of: kind, family)] }
        return (0..<section.endpoints).map {
            AddressAndPort(
                PathLab.endpoint($0, key.place, family), Port(ServiceEntry.endpointPort))
        }
    }
}
