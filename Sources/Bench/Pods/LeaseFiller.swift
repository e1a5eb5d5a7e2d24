import CNI
import JSON
import Network
import Platform

/// Takes addresses before anything is measured, as nodes of many pods have them.
struct LeaseFiller {
    let directory: String

    /// What pods' addresses are of.
    static let network = "10.66.0.0/16"
    /// The address that is given first, behind the gateway's.
    private static let first = IPv4Address(10, 66, 0, 2)

    /// Takes so many addresses of a network as our own plugin does.
    func fill(_ network: String, _ count: Int) throws {
        let keys: JSONObject = [
            "cniVersion": .string("1.0.0"), "name": .string(network), "type": .string("host-local"),
            "ipam": .object([
                "type": .string("host-local"), "dataDir": .string(directory),
                "ranges": .array([
                    .array([.object(["subnet": .string(Self.network)])])
                ]),
            ]),
        ]
        let part = try AddressPart(NetworkConfiguration(.object(keys)))
        let interface = try InterfaceName(validating: "eth0")
        for number in 0..<count {
            let attachment = Attachment(
                network: network, containerID: "other\(number)", interface: interface)
            var result = NetworkResult()
            try part.add(PodCall(attachment, namespacePath: nil), to: &result)
        }
    }

    /// Takes so many addresses as host-local stores them.
    func fillReference(_ network: String, _ count: Int) throws {
        let folder = "\(directory)/\(network)"
        try Directory.create(folder)
        for number in 0..<count {
            let owner = "other\(number)\r\neth0"
            try File.replace(
                "\(folder)/\(Self.address(number))", with: owner.utf8.span, durably: false)
        }
        if count == 0 { return }
        let last = "\(Self.address(count - 1))"
        try File.replace("\(folder)/last_reserved_ip.0", with: last.utf8.span, durably: false)
    }

    private static func address(_ number: Int) -> IPv4Address {
        IPv4Address(rawValue: first.rawValue + UInt32(number))
    }
}
