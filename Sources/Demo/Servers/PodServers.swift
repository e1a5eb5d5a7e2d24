import Platform
import Topology

/// Starts what runs in pods and outside.
struct PodServers {
    let programs: Programs
    let directory: RunDirectory

    /// Starts what a pod is there for; a client's own programs are the checks.
    func start(_ pod: Pod) throws -> Daemon? {
        switch pod.plan.role {
        case .client: nil
        case .web: try echo(pod.name, on: pod.host)
        case .dns:
            try daemon(
                pod.name,
                [
                    "dns", "--conf", NameServerFiles.cluster(directory), "--manifests",
                    directory.manifests,
                ], on: pod.host)
        }
    }

    /// Starts what is asked outside of the cluster.
    func startOutside(_ host: Host) throws -> [Daemon] {
        let names = ["dns", "--conf", NameServerFiles.outside(directory)]
        return [
            try echo(host.name, on: host), try daemon("\(host.name)-dns", names, on: host),
        ]
    }

    private func echo(_ name: String, on host: Host) throws -> Daemon {
        try daemon(name, ["demo", "serve", name], on: host)
    }

    private func daemon(_ name: String, _ arguments: [String], on host: Host) throws -> Daemon {
        try Daemon(name, programs.weft(arguments), on: host, in: directory)
    }
}
