import Testing

@testable import DNS

@Suite struct `What a Corefile cannot say` {
    @Test(arguments: [
        ("cahce", #"unknown directive "cahce": write cache"#),
        ("Forward . 1.1.1.1", #"unknown directive "Forward": write forward"#),
        ("debug", "debug: is not supported: it can simply be left out"),
        ("pprof", "pprof: is not supported: it can simply be left out"),
        (
            "template IN A {\n answer x\n}",
            "template: is not supported: write hosts, file or rewrite for names that follow a rule"
        ),
        (
            "dnssec",
            "dnssec: is not supported: no zone is signed here: sign the file of the zone, or leave it out"
        ),
        (
            "grpc . 1.1.1.1",
            "grpc: is not supported: forward over TLS: write forward . tls://ADDRESS"
        ),
        ("loop x", "loop: has 1 value: write loop alone"),
        ("loop {\n}", "loop: has a block: remove what is between the braces"),
        ("kubernetes a\nkubernetes b", "kubernetes: is there twice in a block: keep one of them"),
        (
            "kubernetes in-addr.arpa",
            "kubernetes: all its zones are for addresses: name the cluster's zone first: cluster.local"
        ),
        (
            "kubernetes a {\n pods all\n}",
            #"kubernetes: "pods" cannot be "all": write disabled, insecure, verified"#
        ),
        (
            "kubernetes a {\n ttl 3601\n}",
            #"kubernetes: "ttl" cannot be "3601": write a number of 0 to 3600"#
        ),
        ("kubernetes a {\n ttl\n}", #"kubernetes: "ttl" has 0 values: write ttl SECONDS"#),
        (
            "kubernetes a {\n ttl 5 {\n }\n}",
            #"kubernetes: "ttl" has a block: write its values on the same line"#
        ),
        (
            "kubernetes a {\n namepsaces b\n}",
            #"kubernetes: unknown option "namepsaces": write namespaces"#
        ),
        (
            "kubernetes a {\n multicluster b\n}",
            #"kubernetes: option "multicluster" is not supported: no zone of several clusters is served: remove it, and forward the zone"#
        ),
        (
            "kubernetes a {\n zonal\n}",
            #"kubernetes: option "zonal" is not supported: names of zones are not served: remove it"#
        ),
        (
            "kubernetes a {\n labels a in b\n}",
            #"kubernetes: "labels" cannot be "a in b": write a selector such as app=web,tier in (a, b),!old"#
        ),
        (
            "kubernetes a {\n namespaces b\n namespace_labels c\n}",
            #"kubernetes: "namespaces" and "namespace_labels" exclude each other: remove one of them"#
        ),
        (
            "kubernetes a {\n tls a b c\n}",
            #"kubernetes: "tls" is for an API server that nothing names: add endpoint URL, or remove it"#
        ),
        (
            "kubernetes a {\n endpoint http://x\n kubeconfig k\n}",
            #"kubernetes: "endpoint" and "kubeconfig" both name an API server: remove one of them"#
        ),
        (
            "kubernetes a {\n endpoint x:80\n}",
            #"kubernetes: "endpoint" cannot be "x:80": write a URL such as https://10.0.0.1:6443"#
        ),
        ("forward .", "forward: has 1 value: write forward ZONE SERVER …"),
        (
            "forward . dns.example",
            #"forward: cannot be "dns.example": write an address with or without a port, such as 10.0.0.1:53, or a file, such as /etc/resolv.conf or ./resolv.conf"#
        ),
        (
            "forward . https://1.1.1.1",
            #"forward: cannot be "https://1.1.1.1": servers are asked over UDP, TCP or TLS: write ADDRESS or tls://ADDRESS"#
        ),
        (
            "forward . 1.1.1.1 {\n foo\n}",
            #"forward: unknown option "foo": use one of except, policy, next, next_on_nodata, failover, force_tcp, prefer_udp, expire, max_age, max_idle_conns, max_connect_attempts, read_timeout, max_fails, max_concurrent, health_check, failfast_all_unhealthy_upstreams, tls, tls_servername"#
        ),
        (
            "forward . 1.1.1.1 {\n expire 5\n}",
            #"forward: "expire" cannot be "5": write a duration such as 30s, 500ms or 1h30m"#
        ),
        (
            "forward . 1.1.1.1 {\n expire -5s\n}",
            #"forward: "expire" cannot be "-5s": write a duration of 0s to 87600h0m0s"#
        ),
        (
            "forward . 1.1.1.1 {\n failover NOERROR\n}",
            #"forward: "failover" cannot be NOERROR: write the codes of failures"#
        ),
        (
            "forward . 1.1.1.1 {\n tls_servername a\n}",
            #"forward: "tls" is for servers that are asked over TLS: write them as tls://ADDRESS"#
        ),
        (
            "forward . 1.1.1.1 {\n health_check 1s domain\n}",
            #"forward: "health_check" names no domain: write health_check DURATION [no_rec] [domain NAME]"#
        ),
        ("cache 0", #"cache: cannot be "0": write a number of 1 to 2147483647"#),
        (
            "cache {\n servfail 6m\n}",
            #"cache: "servfail" cannot be "6m": write a duration of 0s to 5m0s"#
        ),
        (
            "cache {\n prefetch 1 1m 95%\n}",
            #"cache: "prefetch" cannot be "95%": write a percentage of 10% to 90%"#
        ),
        ("cache {\n disable all\n}", #"cache: "disable" cannot be "all": write success, denial"#),
        (
            "hosts {\n 10.0.0.256 a\n}",
            #"hosts: unknown option "10.0.0.256": use one of ttl, no_reverse, reload, fallthrough, ADDRESS NAME …"#
        ),
        ("hosts {\n 10.0.0.1\n}", #"hosts: "10.0.0.1" has no name: write ADDRESS NAME …"#),
        ("ratelimit", "ratelimit: has 0 values: write ratelimit QUESTIONS-PER-SECOND"),
        (
            "ratelimit 0",
            #"ratelimit: cannot be "0": write a number of 1 to 10000000"#
        ),
        (
            "ratelimit 9 {\n whitelist 10.0.0.0/8\n}",
            #"ratelimit: unknown option "whitelist": use one of burst, slip, ipv6_prefix, except"#
        ),
        (
            "ratelimit 9 {\n slip -1\n}",
            #"ratelimit: "slip" cannot be "-1": write a number of 0 to 1000"#
        ),
        (
            "acl {\n}",
            "acl: has no rule: write allow, block, filter or drop [type TYPE …] [net NETWORK …]"
        ),
        (
            "acl {\n allow net\n}",
            #"acl: "allow" cannot have "net": write allow [type TYPE …] [net NETWORK …]"#
        ),
        (
            "acl {\n allow 10.0.0.0/8\n}",
            #"acl: "allow" cannot have "10.0.0.0/8": write allow [type TYPE …] [net NETWORK …]"#
        ),
        (
            "acl {\n allow net x\n}",
            #"acl: "allow" cannot be "x": write a network such as 10.0.0.0/8 or fd00::/8"#
        ),
        ("acl {\n deny\n}", #"acl: unknown option "deny": use one of allow, block, filter, drop"#),
        (
            "health 8080",
            #"health: cannot be "8080": write ADDRESS:PORT or :PORT, such as :8080"#
        ),
        (
            "ready {\n monitor once\n}",
            #"ready: "monitor" cannot be "once": write until-ready, continuously"#
        ),
        (
            "log . \"{x}\"",
            #"log: the format has "{x}": write one of {common} {combined} {type} {name} {class} {proto} {remote} {local} {size} {port} {duration} {rcode} {rsize} {>rflags} {>bufsize} {>do} {>id} {>opcode}"#
        ),
        (
            "errors /var/log/x",
            #"errors: cannot be "/var/log/x": errors go to the log: leave it out"#
        ),
        (
            "errors {\n consolidate 1m [\n}",
            #"errors: "consolidate" cannot be "[": a [ is never closed: write \[ for the character"#
        ),
        ("reload 1s", #"reload: cannot be "1s": write a duration of 2s to 87600h0m0s"#),
        (
            "loadbalance weighted f",
            #"loadbalance: cannot be "weighted": addresses are sent in random order only: remove it, or write round_robin"#
        ),
        (
            "loadbalance {\n prefer 10.0.0.0/8\n}",
            #"loadbalance: option "prefer" is not supported: addresses are sent in random order only: remove it"#
        ),
        (
            "bind 10.0.0.1:53",
            #"bind: cannot be "10.0.0.1:53": write an address without a port or zone, or an interface's name"#
        ),
        ("bufsize 511", #"bufsize: cannot be "511": write a number of 512 to 4096"#),
        ("transfer", "transfer: names nobody: write to ADDRESS or to *"),
        (
            "autopath @kubernetes",
            "autopath: pods are not known by their addresses: write pods verified in the kubernetes directive of this block"
        ),
        (
            "autopath @hosts",
            #"autopath: cannot be "@hosts": write @kubernetes, or a file such as /etc/resolv.conf"#
        ),
        (
            "timeouts {\n read 0s\n}",
            #"timeouts: "read" cannot be "0s": write a duration of 1s to 24h0m0s"#
        ),
        (
            "timeouts {\n maxtcpqueries 5\n}",
            #"timeouts: unknown option "maxtcpqueries": use one of read, write, idle"#
        ),
        ("multisocket 0", #"multisocket: cannot be "0": write a number of 1 to 1024"#),
    ])
    func `D54 D56 is refused with a line and advice`(lines: String, expected: String) {
        let found = problem(".:53 {\n log\n\n\(lines)\n}\n") ?? "none"
        let place = found.prefix { $0 != " " }
        #expect(found.dropFirst(place.count + 1) == expected)
        // The line is the directive's, or that of the option within.
        #expect(["Corefile:4:", "Corefile:5:", "Corefile:6:"].contains(place))
    }

    @Test func `D57 D73 D100 every directive of CoreDNS is known, or refused with what to do`() {
        let all = [
            "root", "metadata", "geoip", "cancel", "tls", "quic", "timeouts", "multisocket",
            "reload", "nsid", "bufsize", "bind", "debug", "trace", "ready", "health", "pprof",
            "prometheus", "errors", "log", "dnstap", "local", "dns64", "acl", "any", "chaos",
            "loadbalance", "tsig", "cache", "rewrite", "header", "dnssec", "autopath", "minimal",
            "template", "transfer", "hosts", "route53", "azure", "clouddns", "k8s_external",
            "kubernetes", "file", "auto", "secondary", "etcd", "loop", "forward", "grpc", "erratic",
            "whoami", "on", "sign", "view", "nomad",
        ]
        for name in all where !DirectiveName.known.contains(name) {
            let found = problem(". {\n\(name)\n}\n") ?? "none"
            #expect(found.hasPrefix("Corefile:2: \(name): is not supported: "), "\(found)")
        }
    }

    @Test(arguments: [
        ("a", true), ("!a", true), ("! a", true), ("a=b", true), ("a == b", true), ("a!=", true),
        ("x.io/a=b,c", true), ("a in (b, c),d notin (e)", true), ("a in(b)", true), ("", false),
        ("a,", false), ("a=b=c", false), ("a in b", false), ("=b", false), ("a b", false),
        ("a in (b", false), ("x/y/z", false), ("a=$", false),
    ])
    func `a selector is what the API server reads`(text: String, isSelector: Bool) {
        #expect(LabelExpression.isSelector(text) == isSelector)
    }
}
