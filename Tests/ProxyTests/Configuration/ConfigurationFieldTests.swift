import Network
import Support
import Testing

@testable import Proxy

@Suite struct `Fields of a configuration` {
    @Test(
        arguments: [
            Case("clientConnection: {qps: 2.5, burst: 7, contentType: application/json}") {
                $0.client.queriesPerSecond == 2.5 && $0.client.burst == 7
                    && $0.client.contentType == "application/json"
            },
            Case("hostnameOverride: Node-1") { $0.hostnameOverride == "Node-1" },
            Case("bindAddressHardFail: true") { $0.bindAddressHardFail },
            Case("enableProfiling: true") { $0.enableProfiling },
            Case("mode: nftables") { $0.mode == .nftables },
            Case("nftables: {masqueradeBit: 0, masqueradeAll: true}") {
                $0.masquerade.bit == 0 && $0.masquerade.all
            },
            Case("nftables: {syncPeriod: 1m, minSyncPeriod: 1500ms}") {
                $0.syncPeriod == .seconds(60) && $0.minSyncPeriod == .milliseconds(1500)
            },
            Case("configSyncPeriod: 1h") { $0.configSyncPeriod == .seconds(3600) },
            Case("conntrack: {tcpBeLiberal: true, udpTimeout: 10s, udpStreamTimeout: 2m}") {
                $0.conntrack.tcpBeLiberal && $0.conntrack.udpTimeout == .seconds(10)
                    && $0.conntrack.udpStreamTimeout == .seconds(120)
            },
            Case("featureGates: {AllowServiceExternalIPs: false, Other: true}") {
                !$0.allowsExternalIPs && $0.featureGates["Other"] == true
            },
            Case("logging: {verbosity: 4, format: json}") {
                $0.logLevel == .debug && $0.logFormat == .json
            },
            Case("logging: {verbosity: 3}") { $0.logLevel == .info && $0.logFormat == .text },
            Case("weft: {affinityTableSize: 1024, counters: true, master: 'https://10.0.0.1'}") {
                $0.weft.affinityTableSize == 1024 && $0.weft.counters
                    && $0.client.master == "https://10.0.0.1"
            },
            Case("weft: {drainTCP: 30s, drainSCTP: 0s, minDelay: 10ms, maxDelay: 1s}") {
                $0.weft.drainTCP == .seconds(30) && $0.weft.drainSCTP == .zero
                    && $0.weft.minDelay == .milliseconds(10) && $0.weft.maxDelay == .seconds(1)
            },
        ])
    func `are read`(fields: Case<String>) throws {
        #expect(fields.holds(try read(fields.input)))
    }

    @Test(
        arguments: [
            ("", "0.0.0.0:10256", "127.0.0.1:10249"),
            ("bindAddress: 10.0.0.1", "0.0.0.0:10256", "127.0.0.1:10249"),
            ("bindAddress: 'fd00::1'", "[::]:10256", "[::1]:10249"),
            ("healthzBindAddress: 10.0.0.1\nbindAddress: '::'", "10.0.0.1:10256", "[::1]:10249"),
            ("metricsBindAddress: '[fd00::1]:1'", "0.0.0.0:10256", "[fd00::1]:1"),
            ("healthzBindAddress: none\nmetricsBindAddress: none", nil, nil),
            (
                "healthzBindAddress: ''\nmetricsBindAddress: null", "0.0.0.0:10256",
                "127.0.0.1:10249"
            ),
        ] as [(String, String?, String?)])
    func `S130 S133 listeners follow the family of bindAddress`(
        fields: String, health: String?, metrics: String?
    ) throws {
        let configuration = try read(fields)
        #expect(configuration.healthAddress?.description == health)
        #expect(configuration.metricsAddress?.description == metrics)
    }

    static let networks = try? [
        CIDR(validating: "10.244.0.0/16"), CIDR(validating: "fd00:1::/56"),
    ]

    @Test(
        arguments: [
            ("", PodDetection.none), ("detectLocalMode: ClusterCIDR", PodDetection.none),
            ("clusterCIDR: '10.244.0.0/16,fd00:1::/56'", .clusterCIDR(networks ?? [])),
            ("clusterCIDR: '10.244.0.9/16, fd00:1::/56'", .clusterCIDR(networks ?? [])),
            ("detectLocalMode: NodeCIDR\nclusterCIDR: 10.0.0.0/8", .nodeCIDR),
            (
                "detectLocalMode: BridgeInterface\ndetectLocal: {bridgeInterface: cni0}",
                InterfaceName("cni0").map { .bridge($0) }
            ),
            (
                "detectLocalMode: InterfaceNamePrefix\ndetectLocal: {interfaceNamePrefix: cali}",
                InterfaceName("cali").map { .interfacePrefix($0) }
            ),
        ] as [(String, PodDetection?)])
    func `S72 say how pods of this node are told`(fields: String, detection: PodDetection?) throws {
        #expect(try read(fields).podDetection == #require(detection))
    }

    @Test(
        arguments: [
            ("", []), ("nodePortAddresses: []", []), ("nodePortAddresses: [primary]", []),
            ("nodePortAddresses: [0.0.0.0/0]", ["0.0.0.0/0"]),
            ("nodePortAddresses: ['10.1.2.3/8', '::/0']", ["10.0.0.0/8", "::/0"]),
        ])
    func `say where node ports are`(fields: String, networks: [String]) throws {
        let expected: NodePortAddresses =
            networks.isEmpty ? .primary : .networks(try networks.map { try CIDR(validating: $0) })
        #expect(try read(fields).nodePortAddresses == expected)
    }

    @Test(
        arguments: [
            ("[]", nil, nil), ("[10.0.0.0/8, 11.0.0.0/8]", "10.0.0.0/8,11.0.0.0/8", "::/0"),
            ("[10.0.0.0/8, 0.0.0.0/0, 'fd00::/64']", "0.0.0.0/0", "fd00::/64"),
            ("['::/0']", "0.0.0.0/0", "::/0"),
        ] as [(String, String?, String?)])
    func `say it for each family`(list: String, v4: String?, v6: String?) throws {
        let addresses = try read("nodePortAddresses: \(list)").nodePortAddresses
        #expect(addresses.networks(of: .v4)?.map(\.description).joined(separator: ",") == v4)
        #expect(addresses.networks(of: .v6)?.map(\.description).joined(separator: ",") == v6)
    }
}

/// What is written, and what must hold of what it makes.
struct Case<Input: Sendable>: Sendable, CustomTestStringConvertible {
    let input: Input
    let holds: @Sendable (ProxyConfiguration) -> Bool

    init(_ input: Input, _ holds: @escaping @Sendable (ProxyConfiguration) -> Bool) {
        self.input = input
        self.holds = holds
    }

    var testDescription: String { "\(input)" }
}
