import Network
import Platform
import TestSupport
import Testing

@testable import Proxy
@testable import Support

func proxy(_ words: String...) throws -> ProxyArguments { try parse(words) }

private func parse(_ words: [String]) throws(UsageError) -> ProxyArguments {
    try ProxyArguments(Arguments(words, options: ProxyArguments.options))
}

@Suite struct `The command line of the proxy` {
    @Test(
        arguments: [
            Case(["--kubeconfig", "/etc/k"]) { $0.client.kubeconfig == "/etc/k" },
            Case(["--master=https://10.0.0.1"]) { $0.client.master == "https://10.0.0.1" },
            Case(["--kube-api-content-type=a/b", "--kube-api-qps=1.5", "--kube-api-burst=3"]) {
                $0.client.contentType == "a/b" && $0.client.queriesPerSecond == 1.5
                    && $0.client.burst == 3
            },
            Case(["--hostname-override=n1"]) { $0.hostnameOverride == "n1" },
            Case(["--bind-address=fd00::1"]) { $0.metricsAddress?.description == "[::1]:10249" },
            Case(["--healthz-bind-address="]) { $0.healthAddress == nil },
            Case(["--metrics-bind-address", ""]) { $0.metricsAddress == nil },
            Case(["--healthz-bind-address=10.0.0.1"]) {
                $0.healthAddress?.description == "10.0.0.1:10256"
            },
            Case(["--healthz-port=0"]) { $0.healthAddress == nil },
            Case(["--metrics-port=1"]) { $0.metricsAddress?.description == "127.0.0.1:1" },
            Case(["--metrics-port=1", "--metrics-bind-address=fd00::1"]) {
                $0.metricsAddress?.description == "[fd00::1]:1"
            },
            Case(["--metrics-port=1", "--metrics-bind-address=10.0.0.1:2"]) {
                $0.metricsAddress?.description == "10.0.0.1:2"
            },
            Case(["--bind-address-hard-fail", "--profiling=true"]) { $0.bindAddressHardFail },
            Case(["--profiling"]) { $0.enableProfiling },
            Case(["--profiling=1"]) { $0.enableProfiling },
            Case(["--proxy-mode=nftables"]) { $0.mode == .nftables },
            Case(["--masquerade-all"]) { $0.masquerade.all },
            Case(["--iptables-masquerade-bit=3"]) { $0.masquerade.bit == 3 },
            Case(["--iptables-sync-period=1m"]) { $0.syncPeriod == .seconds(60) },
            Case(["--iptables-min-sync-period=0"]) { $0.minSyncPeriod == .zero },
            Case(["--config-sync-period", "1h"]) { $0.configSyncPeriod == .seconds(3600) },
            Case(["--detect-local-mode=NodeCIDR"]) { $0.podDetection == .nodeCIDR },
            Case(["--detect-local-mode=BridgeInterface", "--pod-bridge-interface=cni0"]) {
                $0.detection.bridge?.rawValue == "cni0"
            },
            Case(["--detect-local-mode=InterfaceNamePrefix", "--pod-interface-name-prefix=c"]) {
                $0.detection.interfacePrefix?.rawValue == "c"
            },
            Case(["--cluster-cidr=10.0.0.0/8,fd00::/64"]) {
                $0.detection.clusterCIDR.map(\.description) == ["10.0.0.0/8", "fd00::/64"]
            },
            Case(["--nodeport-addresses=10.0.0.0/8,::/0", "--nodeport-addresses", "11.0.0.0/8"]) {
                $0.nodePortAddresses.json.plainText == "10.0.0.0/8,::/0,11.0.0.0/8"
            },
            Case(["--oom-score-adj=-5"]) { $0.oomScoreAdjustment == -5 },
            Case(["--oom-score-adj", "-5"]) { $0.oomScoreAdjustment == -5 },
            Case(["--conntrack-max-per-core=0", "--conntrack-min=1"]) {
                $0.conntrack.maxPerCore == 0 && $0.conntrack.min == 1
            },
            Case([
                "--conntrack-tcp-timeout-established=0",
                "--conntrack-tcp-timeout-close-wait=1s",
            ]) {
                $0.conntrack.tcpEstablishedTimeout == .zero
                    && $0.conntrack.tcpCloseWaitTimeout == .seconds(1)
            },
            Case(["--conntrack-tcp-be-liberal"]) { $0.conntrack.tcpBeLiberal },
            Case(["--conntrack-udp-timeout=1s", "--conntrack-udp-timeout-stream=2s"]) {
                $0.conntrack.udpTimeout == .seconds(1)
                    && $0.conntrack.udpStreamTimeout == .seconds(2)
            },
            Case(["--feature-gates=A=true,B=false", "--feature-gates=C=true"]) {
                $0.featureGates == ["A": true, "B": false, "C": true]
            },
            Case(["-v=4"]) { $0.logLevel == .debug }, Case(["-v", "4"]) { $0.logLevel == .debug },
            Case(["--v=4", "--logging-format=json"]) { $0.logFormat == .json },
        ])
    func `sets every field that kube-proxy's does`(
        flags: Case<[String]>
    ) throws {
        let loaded = try parse(flags.input).load()
        #expect(flags.holds(loaded.configuration))
        #expect(!flags.holds(ProxyConfiguration()))
        #expect(loaded.notes.isEmpty)
    }

    @Test func `can say what is so anyway`() throws {
        let words = ["--profiling=false", "--nodeport-addresses=primary", "--proxy-mode="]
        #expect(try parse(words).load().configuration == ProxyConfiguration())
    }

    @Test(
        arguments: [
            ([], .run), (["--once"], .once), (["--dry-run"], .dryRun), (["--diff"], .diff),
            (["--cleanup"], .cleanup), (["--cleanup=true", "--once=false"], .cleanup),
            (["--init-only"], .initOnly), (["--version"], .version),
            (["--write-config-to", "/f"], .writeConfiguration(to: "/f")),
        ] as [([String], ProxyArguments.Task)])
    func `S111 S112 says what to do`(words: [String], task: ProxyArguments.Task) throws {
        #expect(try parse(words).task == task)
    }

    @Test(
        arguments: [
            (["--once", "--diff"], "--diff: excludes --once; give one of them"),
            (["--cleanup=maybe"], "--cleanup: must be true or false"),
            (["--metrics-port=70000"], "--metrics-port: must be a port"),
            (
                ["--cluster-cdir=1"],
                "unknown option '--cluster-cdir': did you mean '--cluster-cidr'?"
            ),
            (["--cluster-cidr"], "--cluster-cidr needs a value"),
        ])
    func `says what is wrong with a word`(words: [String], message: String) {
        let error = #expect(throws: UsageError.self) { try parse(words) }
        #expect(error?.message.hasPrefix(message) == true, "\(error?.message ?? "")")
    }

    @Test(
        arguments: [
            (["--cluster-cidr=x"], "--cluster-cidr: is not usable; x: "),
            (["--profiling=maybe"], "--profiling: must be true or false"),
            (["--oom-score-adj="], "--oom-score-adj: must be a whole number"),
            (["--feature-gates=A"], "--feature-gates: must be pairs; write NAME=VALUE"),
            (["--iptables-min-sync-period=1h"], "--iptables-min-sync-period: the least time"),
            (["--detect-local-mode=BridgeInterface"], "--detect-local-mode: BridgeInterface needs"),
            (["--kube-api-qps=inf"], "--kube-api-qps: must be a number"),
            (["--config=/nowhere/c"], "/nowhere/c: cannot be read: "),
        ])
    func `says what is wrong with a value`(words: [String], message: String) {
        let error = #expect(throws: ConfigurationError.self) { try parse(words).load() }
        #expect(error?.description.hasPrefix(message) == true, "\(error?.description ?? "")")
    }

    @Test func `with a file gives way to it, but for the name and the log`() throws {
        try withTemporaryDirectory { directory in
            let path = "\(directory)/config.conf"
            let text = header + "hostnameOverride: a\nlogging: {verbosity: 1}\noomScoreAdj: 1\n"
            try File.replace(path, with: text.utf8.span)
            let arguments = try proxy(
                "--config", path, "--hostname-override=b", "-v4", "--oom-score-adj=2",
                "--profiling", "--manifests=/m")
            let loaded = try arguments.load()
            #expect(loaded.configuration.hostnameOverride == "b")
            #expect(loaded.configuration.log.verbosity == 4)
            #expect(loaded.configuration.oomScoreAdjustment == 1)
            #expect(!loaded.configuration.enableProfiling)
            #expect(loaded.notes == ["\(path) counts, and not --profiling, --oom-score-adj"])
            #expect(arguments.manifests == "/m")
        }
    }

    @Test func `takes kube-proxy's other flags and says that they mean nothing`() throws {
        let notes = try proxy("--vmodule=a=1", "--ipvs-strict-arp", "--proxy-mode=ipvs").load()
            .notes
        #expect(
            notes == [
                "--vmodule: means nothing here, and is ignored",
                "--ipvs-strict-arp: means nothing here, and is ignored",
                "--proxy-mode: 'ipvs' is taken, but rules are programmed with nftables",
            ])
    }

    @Test func `has every flag once`() {
        let names = ProxyArguments.options.map(\.name)
        #expect(names.count == Set(names).count)
    }
}
