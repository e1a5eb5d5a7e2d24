import Network
import Platform
import Topology

/// From the start of a proxy's process until the kernel has all services that a server has.
struct ProcessStart: Subject {
    let identity: Identity
    private let path: String
    private let settings: KubeProxy.Settings
    private let objects: APIObjects

    /// Nil for a program that is none, or that is not there.
    init?(
        _ program: PathProgram, _ settings: SyncSettings, _ objects: APIObjects,
        _ services: ServiceSet, _ family: IPFamily
    ) throws {
        var started = KubeProxy.Settings(program.mode ?? .nftables, services, node: 1)
        if let weft = settings.weft, program == .weft {
            started.command = "proxy"
            path = weft
        } else if program.mode != nil {
            path = try program.path(settings.peers)
        } else {
            return nil
        }
        self.settings = started
        self.objects = objects
        identity =
            SyncIdentity(
                workload: "start", program: program, services: services.count,
                endpoints: services.endpoints, family: family
            ).identity
    }

    mutating func measure() throws -> Round {
        let host = try Host("node-1")
        var round = Round()
        round.set(try ServedKubeProxy(path, settings, objects, on: host).duration)
        return round
    }
}
