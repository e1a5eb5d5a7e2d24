import DNS
import Inspection
import Platform
import Support

/// `weft dns`.
let dnsCommand = Subcommand(
    "weft dns", summary: "Answer the names of the cluster's services",
    details: """
        Does what CoreDNS does in a cluster, with its configuration file and its metrics: services,
        headless and named endpoints, external names, pods' addresses and reverse names from what the
        API server says; other names from upstream servers, with a cache between.

        Without --conf, the configuration is the one that kubeadm writes. docs/corefile.md says which
        directives and options are taken. With the directive reload, a changed file is taken up while
        questions are answered; one with a mistake is reported, and what was in force stays so.

        Objects come from the API server of --kubeconfig or of the Corefile's kubeconfig or endpoint,
        else from the one of the service account, or as kubectl finds it; with --manifests from the
        files of a directory, with what a control plane would make of them.

        Until all objects are known, no name of the cluster is said not to exist: SERVFAIL is the
        answer. On SIGTERM, questions are answered for as long as the directive health says with
        lameduck.

        Answers over HTTP as the directives health, ready and prometheus say. Tells systemd when every
        name can be answered. SIGHUP makes it look at its files at once. docs/dns-operations.md has
        more.

        Ends on SIGINT or SIGTERM with status 0, a second one ends the time of lameduck; with 64 for a
        command line that is wrong, and with 1 when it cannot work at all.

        With --node-local it does what NodeLocal DNSCache does: it gives the node addresses, listens
        there, and keeps packets to them from being led to the cluster's service and from being
        tracked. It takes all of that back when it ends; --node-local --cleanup removes what one that
        was killed has left.

        Examples:
          weft dns -conf /etc/coredns/Corefile
          weft dns --manifests /etc/weft/services --conf Corefile
          weft dns --conf Corefile --check
          weft dns --conf Corefile --node-local --dns-service 10.96.0.10
        """,
    options: [
        Option("conf", value: "FILE", takesOneDash: true, help: "the Corefile"),
        Option(
            "dns.port", value: "PORT", standard: "53", takesOneDash: true,
            help: "the port of server blocks that name none"),
        Option("p", value: "PORT", takesOneDash: true, help: "the same as dns.port"),
        Option("check", help: "say whether the Corefile is right, and end"),
        Option("manifests", value: "DIR", help: "take objects from the files of a directory"),
        Option("kubeconfig", value: "FILE", help: "how to reach the API server"),
        Option("context", value: "NAME", help: "the context of the kubeconfig"),
        Option("log-format", value: "text|json", standard: "text", help: "how the log is written"),
        Option(
            "log-level", value: "debug|info|warning|error", standard: "info",
            help: "the least that is logged"),
        Option(
            "log-sample", value: "N", standard: "1",
            help: "of N questions that log is for, one has a line"),
        Option("quiet", takesOneDash: true, help: "do not say where it listens"),
        Option(
            "pidfile", value: "FILE", takesOneDash: true, help: "where to write the process's id"),
        Option("version", takesOneDash: true, help: "print the version, and end"),
        Option("plugins", takesOneDash: true, help: "print the directives, and end"),
    ] + NodeLocalArguments.options
) { arguments in
    if arguments.has("version") {
        try StandardStream.output.write("weft \(Version.current)\n")
        return .success
    }
    if arguments.has("plugins") {
        try StandardStream.output.write(DirectiveName.known.map { "\($0)\n" }.joined())
        return .success
    }
    return try DNSSession(arguments).run()
}
