import Support

/// A flag that may be given alone, for true.
private func toggle(_ name: String, help: String) -> Option {
    Option(name, value: "true|false", implied: "true", help: help)
}

extension ConfigurationField {
    static let client: [Self] = [
        Self(
            "clientConnection.kubeconfig", \.client.kubeconfig,
            flag: Option("kubeconfig", value: "FILE", help: "How to reach the API server")),
        Self("clientConnection.acceptContentTypes", \.client.acceptContentTypes),
        Self(
            "clientConnection.contentType", \.client.contentType,
            flag: Option(
                "kube-api-content-type", value: "TYPE", help: "Kept; Weft asks for what it reads")
        ),
        Self(
            "clientConnection.qps", \.client.queriesPerSecond, zeroIsUnset: true,
            flag: Option("kube-api-qps", value: "N", help: "Kept; Weft watches and asks rarely")),
        Self(
            "clientConnection.burst", \.client.burst, zeroIsUnset: true,
            flag: Option("kube-api-burst", value: "N", help: "Kept, as --kube-api-qps")),
        Self(
            "featureGates", \.featureGates,
            flag: Option(
                "feature-gates", value: "NAME=true|false,...", isList: true,
                help: "AllowServiceExternalIPs=false ignores external IPs; others are kept")),
    ]

    static let addresses: [Self] = [
        Self(
            bindAddress: "bindAddress",
            flag: Option(
                "bind-address", value: "IP", help: "An address of this node; its family is first")),
        Self(
            listener: "healthzBindAddress", \.healthAddress,
            flag: Option(
                "healthz-bind-address", value: "IP:PORT",
                help: "Where health is told; empty for nowhere")),
        Self(
            listener: "metricsBindAddress", \.metricsAddress,
            flag: Option(
                "metrics-bind-address", value: "IP:PORT",
                help: "Where metrics are; empty for nowhere")),
        Self(
            "bindAddressHardFail", \.bindAddressHardFail,
            flag: toggle("bind-address-hard-fail", help: "End if an address cannot be had")),
        Self(
            "enableProfiling", \.enableProfiling,
            flag: toggle("profiling", help: "Serve profiles beside the metrics")),
        Self(
            "nodePortAddresses", \.nodePortAddresses,
            flag: Option(
                "nodeport-addresses", value: "CIDR,...", isList: true,
                help: "Networks of the addresses that have node ports, or 'primary'")),
    ]

    static let node: [Self] = [
        Self(
            "hostnameOverride", \.hostnameOverride, .notBlank, overridesFile: true,
            flag: Option("hostname-override", value: "NAME", help: "The name of this node")),
        Self(
            "oomScoreAdj", \.oomScoreAdjustment, .within(-1000...1000),
            flag: Option(
                "oom-score-adj", value: "N", help: "How soon this process ends without memory")),
        Self(
            "configSyncPeriod", \.configSyncPeriod, .positive, zeroIsUnset: true,
            flag: Option(
                "config-sync-period", value: "TIME", help: "How often objects are compared")),
        Self(
            "logging.verbosity", \.log.verbosity, .within(0...100), overridesFile: true,
            flag: Option("v", letter: "v", value: "LEVEL", help: "Log more: 4 for everything")),
        Self(
            "logging.format", \.log.format, overridesFile: true,
            flag: Option("logging-format", value: "text|json", help: "How the log is written")),
    ]

    static let rules: [Self] = [
        Self(
            "mode", \.mode,
            flag: Option(
                "proxy-mode", value: "MODE", help: "Any of kube-proxy's; all mean nftables")),
        Self(
            "nftables.masqueradeBit", \.masquerade.bit, .within(0...31),
            flag: Option(
                "iptables-masquerade-bit", value: "N",
                help: "The bit of the packet mark that asks for masquerade")),
        Self(
            "nftables.masqueradeAll", \.masquerade.all,
            flag: toggle(
                "masquerade-all", help: "Masquerade all that goes to services' own addresses")),
        Self(
            "nftables.syncPeriod", \.syncPeriod, .positive, zeroIsUnset: true,
            flag: Option(
                "iptables-sync-period", value: "TIME", help: "When to try again after a failure")),
        Self(
            "nftables.minSyncPeriod", \.minSyncPeriod, .notNegative, zeroIsUnset: true,
            flag: Option(
                "iptables-min-sync-period", value: "TIME", help: "The least time between changes")),
        Self(
            "clusterCIDR", \.detection.clusterCIDR,
            flag: Option("cluster-cidr", value: "CIDR,...", help: "The networks of all pods")),
        Self(
            "detectLocalMode", \.detection.mode,
            flag: Option(
                "detect-local-mode", value: "MODE",
                help: "How this node's pods are told from others")),
        Self(
            "detectLocal.bridgeInterface", \.detection.bridge,
            flag: Option("pod-bridge-interface", value: "LINK", help: "For BridgeInterface")),
        Self(
            "detectLocal.interfaceNamePrefix", \.detection.interfacePrefix,
            flag: Option(
                "pod-interface-name-prefix", value: "TEXT", help: "For InterfaceNamePrefix")),
    ]
}
