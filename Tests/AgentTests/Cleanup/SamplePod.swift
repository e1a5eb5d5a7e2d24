import JSON
import Network
import TestSupport

@testable import CNI

/// A pod of the plugin's as it is on the node: a lease, and the node's end of a link.
struct SamplePod {
    let attachment: Attachment
    let dataDirectory: String

    init(_ container: String, network: String = "weft", dataDirectory: String) throws {
        attachment = Attachment(
            network: network, containerID: container,
            interface: try InterfaceName(validating: "eth0"))
        self.dataDirectory = dataDirectory
    }

    var link: String { attachment.linkName(prefix: "weft")?.rawValue ?? "" }

    func addLink(on host: Host, mtu: Int = 1500) throws {
        try host.ip("link add \(link) mtu \(mtu) type veth peer name p\(link.dropFirst(4))")
        try host.ip("link set \(link) up alias weft:\(attachment.owner)")
    }

    /// Works in the namespace of the host, as a lease's link is looked for there.
    func addLease(on host: Host) throws {
        let document = """
            {"cniVersion":"1.1.0","name":"\(attachment.network)","type":"weft-cni","ipam":
            {"dataDir":"\(dataDirectory)","type":"weft-ipam","subnet":"10.244.1.0/24"}}
            """
        let configuration = try NetworkConfiguration(JSONValue(parsing: document.utf8.span))
        try host.run {
            var result = NetworkResult()
            let call = PodCall(
                attachment, namespacePath: nil, arguments: try CallArguments(""), plugin: .main)
            try AddressPart(configuration).add(call, to: &result)
        }
    }
}
