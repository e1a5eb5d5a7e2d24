import Network
import Platform

/// An object as a file of the manifests' directory.
struct Manifest: Hashable, Sendable {
    /// The file's name, without its ending.
    let name: String
    let text: String

    func write(to directory: RunDirectory) throws(PlatformError) {
        try File.replace(directory.manifest(name), with: text.utf8.span, durably: false)
    }

    /// Quoted texts in one line, as YAML and JSON have them.
    static func list(_ values: [some CustomStringConvertible]) -> String {
        "[" + values.map { "\"\($0)\"" }.joined(separator: ", ") + "]"
    }

    /// Members in one line.
    static func map(_ members: [Label]) -> String {
        "{" + members.map { "\($0.key): \($0.value)" }.joined(separator: ", ") + "}"
    }
}

extension Manifest {
    init(_ node: NodePlan) {
        let addresses = node.machine.addresses.map { address in
            "    - {type: InternalIP, address: \"\(address.address)\"}"
        }
        name = node.name
        text = """
            apiVersion: v1
            kind: Node
            metadata:
              name: \(node.name)
            spec:
              podCIDRs: \(Self.list(node.podNetworks))
            status:
              addresses:
            \(addresses.joined(separator: "\n"))

            """
    }

    /// A pod; services lead to it while it is ready.
    init(_ pod: PodPlan, on node: String, _ addresses: [IPAddress], isReady: Bool = true) {
        let others = addresses.map { "    - {ip: \"\($0)\"}" }
        name = "pod-\(pod.name)"
        text = """
            apiVersion: v1
            kind: Pod
            metadata:
              name: \(pod.name)
              namespace: \(pod.namespace)
              labels: \(Self.map(pod.labels))
            spec:
              nodeName: \(node)
              hostname: \(pod.name)
              subdomain: peers
            status:
              phase: Running
              podIPs:
            \(others.joined(separator: "\n"))
              conditions:
                - {type: Ready, status: "\(isReady ? "True" : "False")"}

            """
    }
}
