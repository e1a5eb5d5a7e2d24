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
