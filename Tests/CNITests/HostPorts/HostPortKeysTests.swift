import Network
import Platform
import TestSupport
import Testing

@testable import CNI

@Suite("Port mappings are read as runtimes send them")
struct HostPortKeysTests {
    private func plan(
        _ mappings: String, _ addresses: [String] = ["10.1.0.2/16", "fd00::2/64"]
    ) throws -> [String] {
        let configuration = try NetworkConfiguration(
            #""runtimeConfig": {"portMappings": \#(mappings)}"#)
        let plan = try HostPortPlan(
            PortMapping.list(configuration.runtime),
            to: addresses.map { try CIDR(validating: $0) },
            HostPortSettings(configuration.settings))
        return plan.ports.map { "\($0) \($0.pod)" }.sorted()
    }

    @Test("C14: keys and protocols in any case, as containerd sends them")
    func anyCase() throws {
        let mapping =
            #"[{"HostPort": 8080, "ContainerPort": 80, "Protocol": "TCP", "HostIP": ""}]"#
        #expect(try plan(mapping) == ["8080/tcp 10.1.0.2:80", "8080/tcp [fd00::2]:80"])
    }

    @Test(
        "what maps nothing makes nothing",
        arguments: [
            "null", "[]", #"[{"hostPort": 0, "containerPort": 80}]"#,
            #"[{"hostPort": 80, "containerPort": 80, "hostIP": "2001:db8::1"}]"#,
        ])
    func nothing(_ mappings: String) throws {
        #expect(try plan(mappings, ["10.1.0.2/16"]) == [])
    }

    @Test("the same mapping twice counts once")
    func twice() throws {
        let mapping = #"{"hostPort": 8080, "containerPort": 80}"#
        #expect(try plan("[\(mapping), \(mapping)]", ["10.1.0.2/16"]).count == 1)
    }

    @Test("the first address of each family counts")
    func firstAddresses() throws {
        let addresses = ["fd00::2/64", "10.1.0.2/16", "10.1.0.3/16", "fd00::3/64"]
        let mapping = #"[{"hostPort": 8080, "containerPort": 80, "protocol": "udp"}]"#
        #expect(try plan(mapping, addresses) == ["8080/udp 10.1.0.2:80", "8080/udp [fd00::2]:80"])
    }

    @Test(
        "hostIP says the family; an unspecified one means all its addresses",
        arguments: [
            ("0.0.0.0", "8080/tcp 10.1.0.2:80"), ("::", "8080/tcp [fd00::2]:80"),
            ("192.0.2.1", "192.0.2.1:8080/tcp 10.1.0.2:80"),
            ("2001:db8::1", "[2001:db8::1]:8080/tcp [fd00::2]:80"),
        ])
    func hostAddress(_ address: String, _ expected: String) throws {
        let mapping = #"[{"hostPort": 8080, "containerPort": 80, "hostIP": "\#(address)"}]"#
        #expect(try plan(mapping) == [expected])
    }

    @Test(
        "impossible values are refused by place",
        arguments: [
            (#"{"hostPort": 65536, "containerPort": 80}"#, "[0].hostPort is not valid"),
            (#"{"hostPort": -1, "containerPort": 80}"#, "[0].hostPort is not valid"),
            (#"{"hostPort": "80", "containerPort": 80}"#, "[0].hostPort is not valid"),
            (#"{"containerPort": 80}"#, "[0].hostPort is not valid"),
            (#"{"hostPort": 80}"#, "[0].containerPort is not valid"),
            (#"{"hostPort": 80, "containerPort": 0}"#, "[0].containerPort is not valid"),
            (
                #"{"hostPort": 80, "containerPort": 80, "protocol": "icmp"}"#,
                "[0].protocol is not valid"
            ),
            (
                #"{"hostPort": 80, "containerPort": 80, "hostIP": "here"}"#,
                "[0].hostIP is not valid"
            ),
            (
                #"{"hostPort": 80, "containerPort": 80, "hostIP": "::1"}"#,
                "[0].hostIP is not supported"
            ),
            (#"{"hostPort": 65530, "containerPort": 80, "range": 7}"#, "[0].range is not valid"),
            (#"{"hostPort": 80, "containerPort": 65530, "range": 7}"#, "[0].range is not valid"),
            (#""80:80""#, "[0] is not valid"),
            (
                #"{"hostPort": 80, "containerPort": 80}, {"hostPort": 80, "containerPort": 81}"#,
                " asks for 80/tcp twice"
            ),
        ])
    func impossible(_ mapping: String, _ message: String) throws {
        let error = #expect(throws: CNIError.self) { try plan("[\(mapping)]") }
        #expect(error?.message == "runtimeConfig.portMappings" + message)
    }

    @Test("the reference's other keys are honoured, accepted or refused by name")
    func otherKeys() throws {
        for keys in [
            #""backend": "iptables""#, #""backend": "nftables""#, #""markMasqBit": 14"#,
            #""externalSetMarkChain": "KUBE-MARK-MASQ""#, #""conditionsV4": []"#,
        ] {
            _ = try HostPortPart(NetworkConfiguration(keys))
        }
        for (keys, code) in [
            (#""conditionsV4": ["-s", "10.0.0.0/8"]"#, CNIError.Code.unsupportedField),
            (#""conditionsV6": ["!", "-i", "eth0"]"#, .unsupportedField),
            (#""backend": "ipvs""#, .invalidConfiguration),
            (#""markMasqBit": 32"#, .invalidConfiguration),
            (#""snat": 1"#, .invalidConfiguration),
        ] {
            let error = #expect(throws: CNIError.self) {
                try HostPortPart(NetworkConfiguration(keys))
            }
            #expect(error?.code == code)
        }
    }

    @Test("mappings without an address to lead to are an error", .requiresRoot)
    func noAddress() throws {
        let part = try HostPortPart(.publishing(.mapping(80, to: 80)))
        let pod = try PortPod("c1", [])
        var result = pod.result
        let error = #expect(throws: CNIError.self) { try part.add(pod.call, to: &result) }
        #expect(error?.code == .invalidConfiguration)
    }
}
