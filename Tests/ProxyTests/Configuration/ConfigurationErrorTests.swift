import Testing

@testable import Proxy

@Suite struct `A configuration that cannot be meant` {
    @Test(
        arguments: [
            ("nftables: {syncPeriod: -1s}", "3: nftables.syncPeriod: must be above 0s"),
            ("nftables: {minSyncPeriod: -1s}", "3: nftables.minSyncPeriod: must not be below 0s"),
            (
                "nftables:\n  minSyncPeriod: 1m",
                "4: nftables.minSyncPeriod: the least time between changes, 1m0s, is above the "
                    + "period, 30s"
            ),
            ("nftables:\n  syncPeriod: 1ms", "4: nftables.syncPeriod: the least time"),
            ("configSyncPeriod: -1s", "3: configSyncPeriod: must be above 0s"),
            ("nftables: {masqueradeBit: 32}", "3: nftables.masqueradeBit: must be from 0 to 31"),
            ("nftables: {masqueradeBit: -1}", "3: nftables.masqueradeBit: must be from 0 to 31"),
            ("oomScoreAdj: 1001", "3: oomScoreAdj: must be from -1000 to 1000"),
            ("bindAddress: here", "3: bindAddress: is not usable; here: "),
            ("healthzBindAddress: 'host:80'", "3: healthzBindAddress: is not usable; host:80: "),
            ("healthzBindAddress: 10.0.0.1:0", "3: healthzBindAddress: is not usable"),
            ("metricsBindAddress: 10.0.0.1:65536", "3: metricsBindAddress: is not usable"),
            ("metricsBindAddress: ':0'", "3: metricsBindAddress: is not usable"),
            ("conntrack: {min: -1}", "3: conntrack.min: must not be below 0"),
            ("conntrack: {maxPerCore: -1}", "3: conntrack.maxPerCore: must not be below 0"),
            ("conntrack: {udpTimeout: -1s}", "3: conntrack.udpTimeout: must not be below 0s"),
            (
                "detectLocalMode: Magic",
                "3: detectLocalMode: 'Magic' is no choice; write one of Clus"
            ),
            ("detectLocalMode: BridgeInterface", "3: detectLocalMode: BridgeInterface needs"),
            (
                "detectLocalMode: InterfaceNamePrefix",
                "3: detectLocalMode: InterfaceNamePrefix needs"
            ),
            (
                "detectLocal: {bridgeInterface: far-too-long-a-name}",
                "3: detectLocal.bridgeInterface"
            ),
            ("clusterCIDR: 10.0.0.0", "3: clusterCIDR: is not usable; 10.0.0.0: "),
            ("clusterCIDR: 10.0.0.0/8,11.0.0.0/8", "3: clusterCIDR: must be one network, or one"),
            ("clusterCIDR: ','", "3: clusterCIDR: must be one network, or one"),
            ("nodePortAddresses: [10.0.0.0/8, 1]", "3: nodePortAddresses[1]: must be text"),
            (
                "nodePortAddresses:\n- 10.0.0.0/8\n- primary",
                "5: nodePortAddresses[1]: 'primary' exc"
            ),
            ("nodePortAddresses: 10.0.0.0/8", "3: nodePortAddresses: must be a list"),
            (
                "mode: userspace",
                "3: mode: 'userspace' is no choice; write one of iptables, ipvs, nft"
            ),
            ("hostnameOverride: ' '", "3: hostnameOverride: must not be blank"),
            ("syncPeriod: 1\nconntrack: []", "4: conntrack: must be a mapping"),
            ("configSyncPeriod: 15", "3: configSyncPeriod: must be a duration; write a number and"),
            ("enableProfiling: 'true'", "3: enableProfiling: must be true or false"),
            ("clientConnection: {burst: 1.5}", "3: clientConnection.burst: must be a whole number"),
            ("clientConnection: {qps: many}", "3: clientConnection.qps: must be a number"),
            ("featureGates: {A: 1}", "3: featureGates.A: must be true or false"),
            ("logging: {format: xml}", "3: logging.format: 'xml' is no choice"),
            ("weft: {affinityTableSize: 0}", "3: weft.affinityTableSize: must be from 1 to"),
            ("weft:\n  drainTCP: -1s", "4: weft.drainTCP: must not be below 0s"),
            ("weft: {minDelay: 1s}", "3: weft.minDelay: the least delay, 1s, is above the longest"),
            (
                "weft:\n  counter: true",
                "4: weft.counter: is no field of Weft's; write one of master"
            ),
            ("weft: 1", "3: weft: must be a mapping"), ("a: b: c", "3:5: no value can stand after"),
        ])
    func `is refused where it stands, and says what would be right`(
        fields: String, message: String
    ) {
        let error = #expect(throws: ConfigurationError.self) { try load(fields) }
        let text = error?.description ?? ""
        #expect(text.hasPrefix("config.conf:\(message)"), "\(text)")
    }

    @Test(
        arguments: [
            ("", "config.conf: holds no KubeProxyConfiguration; begin it with apiVersion: kube"),
            ("kind: KubeProxyConfiguration", "config.conf: holds no KubeProxyConfiguration"),
            (header + "---\n" + header, "config.conf:4: is a second KubeProxyConfiguration"),
            ("- 1", "config.conf: holds no"),
        ])
    func `is refused for what it is`(text: String, message: String) {
        let error = #expect(throws: ConfigurationError.self) {
            try ProxyConfiguration.read(text.utf8.span, name: "config.conf")
        }
        #expect(error?.description.hasPrefix(message) == true, "\(error?.description ?? "")")
    }
}

@Suite struct `A configuration at its limits` {
    @Test(arguments: [
        "nftables: {masqueradeBit: 31}", "nftables: {syncPeriod: 1s, minSyncPeriod: 1s}",
        "nftables: {syncPeriod: 1ns, minSyncPeriod: 1ns}", "oomScoreAdj: -1000",
        "oomScoreAdj: 1000",
        "healthzBindAddress: 0.0.0.0:65535", "metricsBindAddress: '[::]:1'",
        "weft: {affinityTableSize: 1}", "weft: {affinityTableSize: 4294967295}",
        "weft: {minDelay: 100ms}", "weft: {minDelay: 0s, maxDelay: 0s}",
        "detectLocal: {bridgeInterface: fifteen-letters}", "mode: nftables",
    ])
    func `is taken without a word`(fields: String) throws {
        #expect(try load(fields).notes.isEmpty)
    }
}

@Suite struct `What a configuration says in vain` {
    @Test(
        arguments: [
            (
                "mode: iptables",
                "config.conf:3: mode: 'iptables' is taken, but rules are programmed"
            ),
            ("mode: ipvs", "config.conf:3: mode: 'ipvs' is taken, but"),
            (
                "bindAdress: 1",
                "config.conf:3: bindAdress: is no field that Weft knows, and ignored"
            ),
            ("conntrack:\n  maximum: 1", "config.conf:4: conntrack.maximum: is no field that"),
            ("ipvs: {strictARP: true}", "config.conf:3: ipvs: means nothing here, and is ignored"),
            ("iptables: {syncPeriod: 1s}", "config.conf:3: iptables: means nothing here"),
            ("winkernel: {networkName: a}", "config.conf:3: winkernel: means nothing here"),
            ("portRange: 1-2", "config.conf:3: portRange: means nothing here"),
            ("logging: {vmodule: [{filePattern: a}]}", "config.conf:3: logging.vmodule: means"),
            (
                "oomScoreAdj: 1\noomScoreAdj: 2",
                "config.conf:4: the key \"oomScoreAdj\" is here again; it is in line 3 already; the "
                    + "last one counts"
            ),
            (
                "---\nkind: Other",
                "config.conf:4: a document of kind Other, version unknown, is ignored"
            ),
        ])
    func `is told by name and line`(fields: String, note: String) throws {
        let notes = try load(fields).notes
        #expect(notes.count == 1 && notes[0].hasPrefix(note), "\(notes)")
    }

    @Test func `does not keep the last of two keys from counting`() throws {
        #expect(try read("oomScoreAdj: 1\noomScoreAdj: 2").oomScoreAdjustment == 2)
    }

    @Test func `can stand in documents of other kinds`() throws {
        let text = "# kubeadm\n---\nkind: ClusterConfiguration\n---\n\(header)oomScoreAdj: 5\n---\n"
        let loaded = try ProxyConfiguration.read(text.utf8.span, name: "config.conf")
        #expect(loaded.configuration.oomScoreAdjustment == 5 && loaded.notes.count == 1)
    }
}
