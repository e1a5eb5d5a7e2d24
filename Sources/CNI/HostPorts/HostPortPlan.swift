import NFTables
import Network

/// What a pod's host ports are to be, as far as that can be known without the kernel.
struct HostPortPlan: Sendable {
    let ports: [HostPort]
    let elements: [PodElement]

    /// The pod's addresses with their prefixes; the first of each family counts.
    init(
        _ mappings: [PortMapping], to addresses: [CIDR], _ settings: HostPortSettings
    ) throws(CNIError) {
        var pods: [CIDR] = []
        for address in addresses where !pods.contains(where: { $0.family == address.family }) {
            pods.append(address)
        }
        var targets: [PodElement: HostPort] = [:]
        var ports: [HostPort] = []
        var elements = Set<PodElement>()
        for pod in pods {
            for port in mappings.flatMap({ $0.ports(to: pod.address) }) {
                let translation = port.translation
                let key = PodElement(translation.map, translation.key)
                if let other = targets.updateValue(port, forKey: key) {
                    if other == port { continue }
                    throw Self.contradiction(port, other)
                }
                ports.append(port)
                elements.insert(translation)
                guard settings.replacesSources else { continue }
                elements.formUnion(
                    port.clients(in: pod, masqueradingAll: settings.replacesAllSources))
            }
        }
        self.ports = ports
        self.elements = Array(elements)
    }

    private static func contradiction(_ port: HostPort, _ other: HostPort) -> CNIError {
        CNIError(
            .invalidConfiguration, "runtimeConfig.portMappings asks for \(port) twice",
            details: "once for port \(other.pod.port) of the pod and once for \(port.pod.port)")
    }
}
