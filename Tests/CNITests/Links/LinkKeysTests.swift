import Network
import Testing

@testable import CNI

@Suite("The keys of links are read with errors that name them")
struct LinkKeysTests {
    @Test(
        "C15: a key with an impossible value is refused by name",
        arguments: [
            (#""mtu":-1"#, "mtu"), (#""mtu":65536"#, "mtu"), (#""mtu":67"#, "mtu"),
            (#""mtu":"1500""#, "mtu"), (#""bridge":"a/b""#, "bridge"),
            (#""bridge":"sixteencharacter""#, "bridge"), (#""bridge":7"#, "bridge"),
            (#""isGateway":1"#, "isGateway"), (#""isDefaultGateway":[]"#, "isDefaultGateway"),
            (#""forceAddress":"yes""#, "forceAddress"), (#""vlan":4095"#, "vlan"),
            (#""vlan":-1"#, "vlan"), (#""vlanTrunk":{}"#, "vlanTrunk"),
            (#""vlanTrunk":[7]"#, "vlanTrunk[0]"), (#""vlanTrunk":[{}]"#, "vlanTrunk[0]"),
            (#""vlanTrunk":[{"id":1},{"id":0}]"#, "vlanTrunk[1].id"),
            (#""vlanTrunk":[{"minID":5}]"#, "vlanTrunk[0]"),
            (#""vlanTrunk":[{"minID":5,"maxID":4}]"#, "vlanTrunk[0]"),
            (#""vlanTrunk":[{"id":5,"maxID":9}]"#, "vlanTrunk[0]"),
            (#""hairpinMode":true,"promiscMode":true"#, "promiscMode"),
            (
                #""disableContainerInterface":true,"ipam":{"type":"host-local"}"#,
                "disableContainerInterface"
            ),
        ])
    func badBridgeKeys(members: String, key: String) throws {
        let configuration = try NetworkConfiguration(members: members)
        let error = #expect(throws: CNIError.self) { try BridgePart(configuration) }
        #expect(error?.code == .invalidConfiguration)
        #expect(error?.message == "\(key) is not valid")
    }

    @Test(
        "C15: a key of routed mode with an impossible value is refused by name",
        arguments: [
            (#""gateway":"10.0.0.1""#, "gateway"), (#""gateway":1"#, "gateway"),
            (#""mtu":{}"#, "mtu"), (#""isDefaultGateway":"no""#, "isDefaultGateway"),
        ])
    func badRoutedKeys(members: String, key: String) throws {
        let configuration = try NetworkConfiguration(members: members)
        let error = #expect(throws: CNIError.self) { try RoutedPart(configuration) }
        #expect(error?.code == .invalidConfiguration)
        #expect(error?.message == "\(key) is not valid")
    }

    @Test("C14: keys match whatever their case, and empty ones count as absent")
    func tolerance() throws {
        let settings = try BridgeSettings(
            NetworkConfiguration(
                members: #""Bridge":"","ISGATEWAY":true,"promiscMode":null,"vlan":0,"mtu":0"#))
        #expect(settings.name.rawValue == "cni0")
        #expect(settings.isGateway && !settings.isDefaultGateway)
        #expect(settings.vlans == nil)
    }

    @Test(
        "C16: runtimeConfig counts before args.cni, and that before CNI_ARGS",
        arguments: [
            (
                #""runtimeConfig":{"mac":"02:00:00:00:00:01"},"args":{"cni":{"mac":"02:00:00:00:00:02"}}"#,
                "02:00:00:00:00:01"
            ),
            (#""args":{"cni":{"mac":"02:00:00:00:00:02"}}"#, "02:00:00:00:00:02"),
            ("", "02:00:00:00:00:03"),
        ])
    func hardwareAddress(members: String, expected: String) throws {
        let arguments = try CallArguments("MAC=02:00:00:00:00:03")
        let address = try MACAddress.requested(NetworkConfiguration(members: members), arguments)
        #expect(address?.description == expected)
    }

    @Test(
        "A hardware address that no station has is refused",
        arguments: ["00:00:00:00:00:00", "ff:ff:ff:ff:ff:ff", "01:00:00:00:00:01", "02:00"])
    func badHardwareAddress(text: String) throws {
        let configuration = try NetworkConfiguration(
            members: "\"runtimeConfig\":{\"mac\":\"\(text)\"}")
        let error = #expect(throws: CNIError.self) {
            try MACAddress.requested(configuration, .none)
        }
        #expect(error?.message == "runtimeConfig.mac is not valid")
        let other = #expect(throws: CNIError.self) {
            try MACAddress.requested(
                NetworkConfiguration(members: ""), CallArguments("MAC=\(text)"))
        }
        #expect(other?.code == .invalidEnvironment)
    }
}
