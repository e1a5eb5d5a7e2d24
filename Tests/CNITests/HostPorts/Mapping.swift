import Network
import TestSupport

extension String {
    /// An entry of portMappings.
    static func mapping(
        _ hostPort: Int, to containerPort: Int, _ transport: TransportProtocol = .tcp,
        hostIP: String = ""
    ) -> String {
        #"{"hostPort": \#(hostPort), "containerPort": \#(containerPort), "#
            + #""protocol": "\#(transport.lowercaseName)", "hostIP": "\#(hostIP)"}"#
    }
}

extension AddressAndPort {
    /// A port of the lab's node.
    static func node(_ family: IPFamily, _ port: Port) throws -> AddressAndPort {
        let text = PortLab.nodeAddresses[family == .v4 ? 0 : 1]
        return AddressAndPort(try IPAddress(validating: text), port)
    }
}
