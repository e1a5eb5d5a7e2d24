import DNS
import Platform

extension FuzzTargets {
    /// The DNS server's configuration, with what it imports, and what is written in it.
    static let corefiles = [
        FuzzTarget("dns.corefile", texts: [Corefile.kubeadm] + corefileTexts) { input in
            let source = CorefileSource(
                environment: { $0 == "ZONE" ? "example.org" : nil },
                // Whatever is imported is the same again, which is to end.
                read: { _ throws(PlatformError) in input },
                list: { _ throws(PlatformError) in ["a", "b.conf"] })
            guard let file = try? Corefile.parse(input, file: "Corefile", from: source) else {
                return
            }
            precondition(!file.servers.isEmpty && file.files.first == "Corefile")
            precondition(file.servers.allSatisfy { !$0.keys.isEmpty })
        },
        FuzzTarget(
            "dns.resolver",
            texts: [
                "# x\nnameserver 10.0.0.10\nnameserver fe80::1%eth0\nsearch a.b c\noptions ndots:5\n"
            ]
        ) { input in
            let file = ResolverConfiguration(input)
            precondition((0...15).contains(file.ndots) && file.attempts > 0)
        },
        FuzzTarget("dns.pattern", texts: patterns) { input in
            // The text to match is behind the first line.
            let parts = input.split(separator: UInt8(ascii: "\n"), maxSplits: 1)
            let text = Array((parts.last ?? []).prefix(1000))
            guard let first = parts.first,
                let pattern = try? Pattern(String(decoding: first.prefix(1000), as: UTF8.self)),
                let groups = pattern.groups(in: text)
            else { return }
            precondition(groups.count == pattern.groupCount + 1 && groups[0] != nil)
            precondition(groups.allSatisfy { $0.map { $0.upperBound <= text.count } ?? true })
        },
    ]

    private static let patterns = [
        "(.*)-(us-west-1)\\.example\\.org\nftp-us-west-1.example.org.",
        "^(?i:a|b[^c-e]*?)+\\b{2,3}$\naabc", "[[:alpha:]]{1,20}|\\Q.\\E|(?P<n>x)\\d\nabc.x1",
    ]

    private static let corefileTexts = [
        "(s) {\n  log . \"{common} {>id}\" {\n    class denial error\n  }\n}\n{$ZONE}:5353, tls://b:85 {\n"
            + "  import s\n  tls /c /k /ca {\n    client_auth require\n  }\n  bind lo 10.0.0.1 {\n"
            + "    except ::1\n  }\n  hosts /etc/hosts {\n    10.0.0.1 a b\n    ttl 60\n    fallthrough a\n  }\n"
            + "  acl {\n    block type A net 10.0.0.0/8 *\n  }\n  chaos \"a \\\" b\" c\n}\n",
        "10.0.0.0/15 fd00::/7 {\n rewrite stop {\n  name regex (.*)\\.a {1}.b\n  answer name (.*)\\.b {1}.a\n }\n"
            + " rewrite ttl suffix .a 5-30\n rewrite continue rcode a SERVFAIL 0\n"
            + " forward . tls://[fe80::1%eth0]:853 /etc/resolv.conf {\n  except a\n  policy sequential\n"
            + "  health_check 5s no_rec domain a\n  next NXDOMAIN\n  tls_servername a\n }\n cache 30 a {\n"
            + "  success 100 5 1\n  prefetch 1 1m 20%\n  serve_stale 1h verify\n  servfail 5s\n }\n reload 10s 5s\n}\n",
        "a\nkubernetes a {\n pods verified\n labels a in (b, c),!d\n endpoint https://x\n tls a b c\n}\n"
            + "autopath @kubernetes\nfile db {\n reload 1m\n}\ntransfer {\n to *\n}\nimport x*\n",
    ]
}
