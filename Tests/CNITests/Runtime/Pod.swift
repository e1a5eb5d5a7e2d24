import JSON
import Network
import Platform
import TestSupport

@testable import CNI

/// A container as a runtime knows it.
struct Pod {
    let id: String
    let host: Host
    /// What CNI_NETNS says.
    var namespacePath: String
    /// What the runtime hands over to plugins that can take it: port mappings, bandwidth.
    var capabilities: JSONObject

    static let interface = "eth0"

    init(_ id: String, _ lab: Lab, capabilities: JSONObject = [:]) throws {
        self.id = id
        self.capabilities = capabilities
        host = try lab.host(id)
        namespacePath = host.path
    }
}

extension Pod {
    /// The same pod after its namespace has gone.
    var withoutNamespace: Pod {
        var pod = self
        pod.namespacePath = ""
        return pod
    }

    var attachment: JSONValue {
        .object(["containerID": .string(id), "ifname": .string(Pod.interface)])
    }

    /// The variables of a call that is about this pod, CNI_ARGS as Kubernetes' runtimes fill it.
    var variables: [String] {
        [
            "CNI_CONTAINERID=\(id)", "CNI_NETNS=\(namespacePath)", "CNI_IFNAME=\(Pod.interface)",
            "CNI_ARGS=IgnoreUnknown=1;K8S_POD_NAMESPACE=default;K8S_POD_NAME=\(id)"
                + ";K8S_POD_INFRA_CONTAINER_ID=\(id);K8S_POD_UID=0-0",
        ]
    }
}

/// What the first plugin to fail answered.
struct PluginFailure: Error, CustomStringConvertible {
    let plugin: String
    let code: Int?
    let words: String

    var description: String { "\(plugin): \(words)" }
}

extension Port {
    /// Where a pod's servers listen, and where the node offers them.
    static let pod: Port = 9000
    static let published: Port = 8080
}

extension JSONObject {
    /// A host port and limits, spelled as containerd does, with the burst it sends (C14, C51).
    static var published: JSONObject {
        let mappings = ["tcp", "udp"].map {
            JSONValue.object([
                "HostPort": .number("\(Port.published)"), "ContainerPort": .number("\(Port.pod)"),
                "Protocol": .string($0), "HostIP": .string(""),
            ])
        }
        return [
            "portMappings": .array(mappings),
            "bandwidth": .object([
                "IngressRate": .number("80000000"), "IngressBurst": .number("4294967295"),
                "EgressRate": .number("80000000"), "EgressBurst": .number("4294967295"),
            ]),
        ]
    }
}
