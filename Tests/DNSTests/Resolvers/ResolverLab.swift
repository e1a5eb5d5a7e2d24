import Kubernetes
import Network
import Platform
import TestSupport

@testable import DNS

/// A cluster's name server, one outside that it forwards to, and a machine with the C library's
/// resolver, set up as the kubelet does for pods.
final class ResolverLab {
    private let client: Host
    /// What runs, for as long as this does.
    private let services: [NameService]

    init(_ lab: Lab) throws {
        let (client, server) = (try lab.host("client"), try lab.host("server"))
        let outside = try lab.host("outside")
        try lab.connect(
            client, "eth0", ["10.0.0.1/24", "fd00::1/64"], server, "eth0",
            ["10.0.0.53/24", "fd00::53/64"])
        try lab.connect(server, "eth1", ["192.0.2.1/24"], outside, "eth0", ["192.0.2.53/24"])
        self.client = client
        services = [
            try Self.serve(Self.outside, .outside, on: outside),
            try Self.serve(Corefile.kubeadm, .cluster, on: server),
        ]
        try awaitAnswers()
    }

    /// Runs the service in a host whose own resolver is the one outside.
    private static func serve(
        _ text: String, _ store: ObjectStore, on host: Host
    ) throws -> NameService {
        var surroundings = Surroundings(
            addresses: { _ throws(DNSError) in [] }, families: [.v4, .v6], hostname: host.name,
            version: "1")
        surroundings.read = { _ throws(DNSError) in Array("nameserver 192.0.2.53\n".utf8) }
        let file = try Corefile.parse(Array(text.utf8), file: "Corefile")
        let plan = try ServerPlan(file, surroundings)
        return try host.run {
            let service = NameService(store, surroundings, cookies: CookieSecret(low: 1, high: 2)) {
                _ in
            }
            try service.apply(plan)
            return service
        }
    }

    /// Anybody's server; only its names are others.
    private static let outside = ".:53 {\n kubernetes example.test in-addr.arpa\n}\n"

    /// The first objects are taken up by a thread of the service's own.
    private func awaitAnswers() throws {
        let deadline = MonotonicTime.now + .patience
        for name in ["web.shop.svc.cluster.local", "www.shop.svc.example.test"] {
            while try getent("ahosts", name) == "status 2\n" {
                if MonotonicTime.now > deadline { throw LabError("\(name) is never known") }
                sleep(for: .milliseconds(10))
            }
        }
    }
}

extension ResolverLab {
    /// What getent(1) prints, which asks as programs do; "status 2" if it finds nothing.
    func getent(_ words: String...) throws -> String {
        try withTemporaryDirectory { directory in
            let files = ["resolv.conf": Self.resolver, "nsswitch.conf": "hosts: dns\n"]
            for (name, text) in files {
                try File.replace("\(directory)/\(name)", with: text.utf8.span, durably: false)
            }
            return try client.command(
                "unshare", ["--mount", "sh", "-ec", Self.script, directory] + words)
        }
    }

    /// The addresses that a name has.
    func addresses(_ name: String) throws -> Set<String> {
        Set(try getent("ahosts", name).split(separator: "\n").compactMap(\.firstWord))
    }

    /// The names that an address has, or what else was printed.
    func names(_ address: String) throws -> [String] {
        try getent("hosts", address).split(separator: " ").map { String($0.filter { $0 != "\n" }) }
    }

    private static let resolver = """
        search shop.svc.cluster.local svc.cluster.local cluster.local
        nameserver 10.0.0.53
        options ndots:5

        """

    private static let script = """
        for file in resolv.conf nsswitch.conf; do mount --bind "$0/$file" "/etc/$file"; done
        getent "$@" || echo "status $?"
        """
}

extension Substring {
    fileprivate var firstWord: String? { split(separator: " ").first.map(String.init) }
}
