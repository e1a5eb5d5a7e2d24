import Network
import Platform

/// The configurations of both kinds of DNS servers.
enum NameServerFiles {
    static func cluster(_ directory: RunDirectory) -> String { "\(directory.path)/Corefile" }
    static func outside(_ directory: RunDirectory) -> String {
        "\(directory.path)/Corefile.outside"
    }

    /// Writes both, and what pods have as resolv.conf.
    static func write(
        to directory: RunDirectory, outside: [IPAddress], dns: IPAddress
    ) throws(PlatformError) {
        let files = [
            (cluster(directory), clusterFile(forwardingTo: outside)),
            (self.outside(directory), outsideFile(outside)),
            (directory.resolverFile, Resolver.file(dns, in: PodPlan.shop)),
        ]
        for (path, text) in files { try File.replace(path, with: text.utf8.span, durably: false) }
    }

    /// As kubeadm's, but for where other names are asked for.
    private static func clusterFile(forwardingTo servers: [IPAddress]) -> String {
        """
        .:53 {
            errors
            health
            ready
            kubernetes cluster.local in-addr.arpa ip6.arpa {
                pods insecure
                fallthrough in-addr.arpa ip6.arpa
                ttl 30
            }
            forward . \(servers.map { "\($0)" }.joined(separator: " "))
            cache 30
            loop
            reload
            loadbalance
        }

        """
    }

    private static func outsideFile(_ addresses: [IPAddress]) -> String {
        let lines = addresses.map { "        \($0) \(ServicePlans.partnerName)" }
        return """
            example.test:53 {
                errors
                hosts {
            \(lines.joined(separator: "\n"))
                }
            }

            """
    }
}
