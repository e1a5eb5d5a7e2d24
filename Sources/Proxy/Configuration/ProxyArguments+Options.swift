package import Support

extension ProxyArguments {
    /// All that `weft proxy` takes: kube-proxy's flags, and Weft's.
    package static let options = own + ConfigurationField.all.compactMap(\.option) + ignored

    /// Those that say what a proxy knows and how it is configured, for whoever explains it.
    package static let sourceOptions = source + ConfigurationField.all.compactMap(\.option)

    private static let source = [
        Option(
            "config", value: "FILE",
            help:
                "A KubeProxyConfiguration; of the flags for fields it leaves --hostname-override, "
                + "-v and --logging-format their effect"),
        Option("manifests", value: "DIR", help: "Take objects from this directory, not a server"),
    ]

    private static let own =
        source + [
            Option("write-config-to", value: "FILE", help: "Write the configuration, and end"),
            task("once", "Apply what there is now, and end"),
            task("dry-run", "Print what would be applied, and end"),
            task("diff", "Print how the kernel's rules differ from what they should be, and end"),
            task("cleanup", "Remove all that the proxy made in the kernel, and end"),
            task("init-only", "Do what needs privileges, and end"),
            task("version", "Print the version, and end"),
        ]

    private static func task(_ name: String, _ help: String) -> Option {
        Option(name, value: "true|false", implied: "true", help: help)
    }

    static let tasks: [(String, Task)] = [
        ("once", .once), ("dry-run", .dryRun), ("diff", .diff), ("cleanup", .cleanup),
        ("init-only", .initOnly), ("version", .version),
    ]

    /// Flags of old that are only a port: the field, the flag that replaces it, and its own name.
    static let ports = [
        (key: "healthzBindAddress", address: "healthz-bind-address", port: "healthz-port"),
        (key: "metricsBindAddress", address: "metrics-bind-address", port: "metrics-port"),
    ]

    private static let ignored =
        ports.map {
            Option($0.port, value: "PORT", help: "The port of --\($0.address); 0 for nowhere")
        }
        + foreignValues.map { Option($0, value: "VALUE", help: foreignHelp) }
        + foreignSwitches.map {
            Option($0, value: "true|false", implied: "true", help: foreignHelp)
        }

    private static let foreignHelp = "Taken, but ignored: kube-proxy's own"

    /// What kube-proxy has for other modes, or for its own log and metrics.
    static let foreign = foreignValues + foreignSwitches

    private static let foreignValues = [
        "show-hidden-metrics-for-version", "vmodule", "log-flush-frequency",
        "log-json-info-buffer-size", "log-text-info-buffer-size", "ipvs-exclude-cidrs",
        "ipvs-scheduler", "ipvs-sync-period", "ipvs-min-sync-period", "ipvs-tcp-timeout",
        "ipvs-tcpfin-timeout", "ipvs-udp-timeout",
    ]
    private static let foreignSwitches = [
        "log-json-split-stream", "log-text-split-stream", "iptables-localhost-nodeports",
        "ipvs-strict-arp",
    ]
}

extension ConfigurationField {
    private static let standard = ProxyConfiguration()

    /// The flag, whose help says what counts without it.
    fileprivate var option: Option? {
        guard let flag else { return nil }
        let standard = write(Self.standard).plainText
        return Option(
            flag.name, letter: flag.letter, value: flag.value, implied: flag.implied,
            isList: flag.isList,
            help: standard.isEmpty ? flag.help : "\(flag.help) (default: \(standard))")
    }
}
