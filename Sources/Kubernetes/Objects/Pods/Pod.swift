/// Containers that share one network namespace.
package struct Pod: KubernetesObject {
    package static let kind = Kind.pod

    package var metadata = ObjectMeta()
    package var spec = PodSpec()
    package var status = PodStatus()

    package init() {}

    package mutating func code<Fields: FieldCoder & ~Copyable & ~Escapable>(
        _ fields: inout Fields
    ) throws(ObjectError) {
        try fields.field(1, "metadata", &metadata)
        try fields.field(2, "spec", &spec)
        try fields.field(3, "status", &status)
    }
}

package struct PodSpec: Message {
    package var initContainers: [Container] = []
    package var containers: [Container] = []
    package var nodeName = ""
    package var hostNetwork = false
    package var hostname = ""
    package var subdomain = ""

    package init() {}

    package mutating func code<Fields: FieldCoder & ~Copyable & ~Escapable>(
        _ fields: inout Fields
    ) throws(ObjectError) {
        try fields.field(20, "initContainers", &initContainers)
        try fields.field(2, "containers", &containers)
        try fields.field(10, "nodeName", &nodeName)
        try fields.field(11, "hostNetwork", &hostNetwork)
        try fields.field(16, "hostname", &hostname)
        try fields.field(17, "subdomain", &subdomain)
    }
}

package struct PodStatus: Message {
    /// "Pending", "Running", "Succeeded", "Failed" or "Unknown".
    package var phase = ""
    /// Whether the pod is ready; its other conditions are not kept.
    package var conditions: [Condition] = []
    package var hostIP = ""
    /// The first of `podIPs`, or all there is from an API server before dual-stack.
    private var podIP = ""
    package var podIPs: [PodIP] = []

    package init() {}

    package mutating func code<Fields: FieldCoder & ~Copyable & ~Escapable>(
        _ fields: inout Fields
    ) throws(ObjectError) {
        try fields.field(1, "phase", &phase)
        try fields.field(2, "conditions", &conditions)
        try fields.field(5, "hostIP", &hostIP)
        try fields.field(6, "podIP", &podIP)
        try fields.field(12, "podIPs", &podIPs)
    }

    package mutating func settle() throws(ObjectError) {
        conditions.removeAll { $0.type != "Ready" }
        if podIPs.isEmpty, !podIP.isEmpty { podIPs = [PodIP(podIP)] }
        podIP = podIPs.first?.ip ?? ""
    }
}

package struct PodIP: Message, EmptyInitializable {
    package var ip = ""

    package init() {}

    package init(_ ip: String) { self.ip = ip }

    package mutating func code<Fields: FieldCoder & ~Copyable & ~Escapable>(
        _ fields: inout Fields
    ) throws(ObjectError) {
        try fields.field(1, "ip", &ip)
    }
}
