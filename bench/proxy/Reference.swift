import Platform

/// The same services in the shape that kube-proxy writes, for `nft -f`: a chain with one rule and an
/// anonymous map for each.
struct Reference {
    let cluster: Cluster

    var text: String {
        var text = """
            table ip kube-proxy {
            set cluster-ips { type ipv4_addr; }
            map service-ips { type ipv4_addr . inet_proto . inet_service : verdict; }
            chain services {
            ip daddr . meta l4proto . th dport vmap @service-ips
            }
            chain nat-prerouting { type nat hook prerouting priority -100; jump services; }
            chain nat-output { type nat hook output priority -100; jump services; }
            }\n
            """
        for number in 0..<cluster.services { text += chain(number) }
        text += "add element ip kube-proxy cluster-ips { \(list { address, _ in address }) }\n"
        let targets = list { "\($0) . tcp . 80 : goto service-\($1)" }
        text += "add element ip kube-proxy service-ips { \(targets) }\n"
        return text
    }

    private func list(_ element: (String, Int) -> String) -> String {
        (0..<cluster.services).map { element("\(cluster.serviceAddress($0))", $0) }
            .joined(separator: ", ")
    }

    private func chain(_ number: Int) -> String {
        let turns = (0..<cluster.endpoints).map {
            "\($0) : \(cluster.endpointAddress(number, $0)) . 8080"
        }
        return "add chain ip kube-proxy service-\(number)\n"
            + "add rule ip kube-proxy service-\(number) meta l4proto tcp dnat ip to "
            + "numgen random mod \(cluster.endpoints) map { \(turns.joined(separator: ", ")) }\n"
    }

    /// How long nft takes to load it into an empty namespace.
    func load(_ path: String) throws -> Duration {
        let namespace = try NetworkNamespace.anonymous()
        return try namespace.run { () throws(PlatformError) in
            let null = try Pipe()
            let input = try Pipe()
            let begin = MonotonicTime.now
            let process = try Process(
                Program("/usr/sbin/nft", ["-f", path]), input: input.intoReader(),
                output: null.writer, errors: null.writer)
            let end = try process.end()
            guard end.status.isSuccess else {
                throw PlatformError(.invalid, "measure", "nft -f", remedy: "it failed")
            }
            return MonotonicTime.now - begin
        }
    }
}
