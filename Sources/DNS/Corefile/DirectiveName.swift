/// The directives that a block can have, and those of CoreDNS that it cannot.
package enum DirectiveName {
    package static let known = [
        "acl", "any", "autopath", "bind", "bufsize", "cache", "chaos", "errors", "file", "forward",
        "health", "hosts", "kubernetes", "loadbalance", "local", "log", "loop", "metadata",
        "minimal", "multisocket", "nsid", "prometheus", "ratelimit", "ready", "reload", "rewrite",
        "root",
        "timeouts", "tls", "transfer",
    ]

    /// Those that may stand in a block more than once.
    static let repeatable: Set = ["acl", "bind", "file", "forward", "log", "rewrite", "transfer"]

    /// What to do instead, as the end of a sentence.
    static let refused = [
        "auto": "name each zone's file with a directive file",
        "azure": cloud, "clouddns": cloud, "route53": cloud,
        "cancel": "a question here ends when its time is over: leave it out",
        "debug": leaveOut, "pprof": leaveOut, "trace": leaveOut,
        "dns64": "let the upstream servers make addresses of IPv6, or forward to one that does",
        "dnssec": "no zone is signed here: sign the file of the zone, or leave it out",
        "dnstap": "write log for a line about each question",
        "erratic": "it breaks answers on purpose: leave it out",
        "etcd": "keep the names in a file, and write hosts or file",
        "geoip": "answers do not depend on where a client is: leave it out",
        "grpc": "forward over TLS: write forward . tls://ADDRESS",
        "header": "flags are set as RFC 1035 has them: leave it out",
        "https": "forward over TLS: write forward . tls://ADDRESS",
        "k8s_external":
            "names from outside belong to a controller such as external-dns: leave it out",
        "nomad": "keep the names in a file, and write hosts or file",
        "ocp_dnsnameresolver": "policies by name are not supported: leave it out",
        "on": "let the unit or the pod run what is to run: leave it out",
        "quic": "serve over TLS: write the key as tls://ZONE",
        "secondary": "copy the zone with another program, and name its file with file",
        "shed": "the number of waiting questions is limited anyway: leave it out",
        "sign": "sign the file of the zone with another program, and name it with file",
        "template": "write hosts, file or rewrite for names that follow a rule",
        "tsig": "allow transfers by address: write transfer { to ADDRESS }",
        "view": "answers do not depend on who asks: write acl, or another server for others",
        "whoami": "it answers who asked: leave it out",
    ]

    private static let cloud =
        "forward the zone to the provider's servers: write forward ZONE ADDRESS"
    private static let leaveOut = "it can simply be left out"

    static func unknown(_ directive: Directive) -> CorefileError {
        let name = directive.name
        if let reason = refused[name] {
            return directive.wrong("is not supported", reason)
        }
        let advice =
            Spelling.nearest(to: name, among: known).map { "write \($0)" }
            ?? "use one of \(known.joined(separator: ", "))"
        return CorefileError(directive.place, "unknown directive \(quoted(name))", advice)
    }
}
