import Support

extension ConfigurationField {
    static let conntrack: [Self] = [
        Self(
            "conntrack.maxPerCore", \.conntrack.maxPerCore, .notNegative,
            flag: Option(
                "conntrack-max-per-core", value: "N",
                help: "Connections tracked for each processor; 0 leaves the limit as it is")),
        Self(
            "conntrack.min", \.conntrack.min, .notNegative,
            flag: Option("conntrack-min", value: "N", help: "Connections tracked at least")),
        Self(
            "conntrack.tcpEstablishedTimeout", \.conntrack.tcpEstablishedTimeout, .notNegative,
            flag: Option(
                "conntrack-tcp-timeout-established", value: "TIME",
                help: "How long a silent TCP connection is tracked; 0 leaves it as it is")),
        Self(
            "conntrack.tcpCloseWaitTimeout", \.conntrack.tcpCloseWaitTimeout, .notNegative,
            flag: Option(
                "conntrack-tcp-timeout-close-wait", value: "TIME",
                help: "The same of one that one side has closed")),
        Self(
            "conntrack.tcpBeLiberal", \.conntrack.tcpBeLiberal,
            flag: Option(
                "conntrack-tcp-be-liberal", value: "true|false", implied: "true",
                help: "Track TCP packets out of the window")),
        Self(
            "conntrack.udpTimeout", \.conntrack.udpTimeout, .notNegative,
            flag: Option(
                "conntrack-udp-timeout", value: "TIME",
                help: "How long UDP without answer is tracked")
        ),
        Self(
            "conntrack.udpStreamTimeout", \.conntrack.udpStreamTimeout, .notNegative,
            flag: Option(
                "conntrack-udp-timeout-stream", value: "TIME",
                help: "How long UDP with answers is tracked")),
    ]

    /// The section of Weft's own fields.
    static let ownSection = "weft"

    static let own: [Self] = [
        Self(
            "weft.master", \.client.master,
            flag: Option(
                "master", value: "URL", help: "The API server, instead of the kubeconfig's")
        ),
        // An nftables set counts its elements in 32 bits.
        Self(
            "weft.affinityTableSize", \.weft.affinityTableSize, .within(1...Int(UInt32.max))),
        Self("weft.counters", \.weft.counters),
        Self("weft.drainTCP", \.weft.drainTCP, .notNegative),
        Self("weft.drainSCTP", \.weft.drainSCTP, .notNegative),
        Self("weft.minDelay", \.weft.minDelay, .notNegative),
        Self("weft.maxDelay", \.weft.maxDelay, .notNegative),
    ]
}
