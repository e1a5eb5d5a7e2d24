import JSON
import Network
import Platform
import Topology

/// The container runtime of a node, as far as networks go.
struct PodRuntime {
    let node: Node
    /// Where plugins are.
    let plugins: String

    private static let patience = Duration.seconds(10)

    /// Makes a pod's namespace and connects it to the node.
    func start(
        _ plan: PodPlan, ports: [HostPort] = [], in directory: RunDirectory
    ) throws -> Pod {
        let host = try Host(plan.name, keptAt: directory.namespace(plan.name))
        let list = try NetworkList(File.read(node.networkList))
        var result: JSONValue?
        for plugin in list.plugins {
            let input = list.configuration(
                of: plugin, after: result, leases: node.leases, ports: ports)
            let output = try call("ADD", plugin, plan, host, input)
            result = try JSONValue(document: output.span)
        }
        return Pod(plan, host, addresses: try Self.addresses(result ?? .null, of: plan))
    }

    /// Takes a pod's network away, as when the pod is deleted.
    func stop(_ pod: Pod) throws {
        let list = try NetworkList(File.read(node.networkList))
        for plugin in list.plugins.reversed() {
            let input = list.configuration(of: plugin, after: nil, leases: node.leases, ports: [])
            _ = try call("DEL", plugin, pod.plan, pod.host, input)
        }
    }

    private func call(
        _ command: String, _ plugin: JSONObject, _ plan: PodPlan, _ host: Host, _ input: String
    ) throws -> [UInt8] {
        let program = Program(
            "\(plugins)/\(plugin["type"]?.string ?? "")",
            environment: [
                "CNI_COMMAND=\(command)", "CNI_CONTAINERID=\(plan.name)", "CNI_NETNS=\(host.path)",
                "CNI_IFNAME=\(Underlay.interface)", "CNI_PATH=\(plugins)",
                "CNI_ARGS=IgnoreUnknown=1;K8S_POD_NAMESPACE=\(plan.namespace)"
                    + ";K8S_POD_NAME=\(plan.name)",
            ], input: Array(input.utf8), limit: Self.patience)
        let outcome = try node.host.run(program)
        guard outcome.status.isSuccess else {
            throw DemoError(
                .program, "run \(program) \(command) for pod \(plan.name)",
                String(decoding: outcome.output, as: UTF8.self))
        }
        return outcome.output
    }

    /// The addresses that a plugin's result gives the pod.
    static func addresses(_ result: JSONValue, of plan: PodPlan) throws(DemoError) -> [CIDR] {
        let texts = result.object?["ips"]?.array?.compactMap { $0.object?["address"]?.string }
        let addresses = texts?.compactMap { CIDR($0) } ?? []
        if addresses.isEmpty {
            throw DemoError(.program, "connect pod \(plan.name)", "weft-cni gave it no address")
        }
        return addresses
    }
}
