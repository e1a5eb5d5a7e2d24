/// What Weft's and CoreDNS's configurations have in common.
enum Corefile {
    /// A block for everything, with further lines.
    private static func block(_ site: NameSite, _ lines: [String]) -> String {
        let all =
            [
                "bind \(NameSite.addresses.map { "\($0)" }.joined(separator: " "))",
                "multisocket \(site.threads)", "errors",
            ] + lines
        return ".:\(site.port) {\n" + all.map { "    \($0)\n" }.joined() + "}\n"
    }

    /// As kubeadm has it, but for the addresses, and nobody to ask for other names.
    static func cluster(_ sources: ClusterSources, _ site: NameSite) -> String {
        block(
            site,
            [
                "kubernetes cluster.local in-addr.arpa ip6.arpa {",
                "    endpoint \(sources.server.url)", "    pods insecure",
                "    ttl \(ClusterZone.timeToLive)", "}",
                "prometheus 127.0.0.1:\(site.statusPort)",
                "cache 30 {", "    disable success cluster.local",
                "    disable denial cluster.local", "}",
                "loadbalance",
            ])
    }

    static func zones(_ zones: ZoneFiles, _ site: NameSite) -> String {
        block(site, zones.zones.map { "file \(zones.path($0)) \($0)" })
    }

    /// With room for all names, which the default has not quite.
    static func cache(_ upstream: String, _ site: NameSite) -> String {
        block(
            site,
            [
                "forward . \(upstream)", "cache \(OutsideZone.timeToLive) {",
                "    success \(2 * OutsideZone.names)", "}",
            ])
    }
}
