/// A name and addresses for whatever a selector finds.
package struct Service: KubernetesObject {
    package static let kind = Kind.service

    package var metadata = ObjectMeta()
    package var spec = ServiceSpec()
    package var status = ServiceStatus()

    package init() {}

    package mutating func code<Fields: FieldCoder & ~Copyable & ~Escapable>(
        _ fields: inout Fields
    ) throws(ObjectError) {
        try fields.field(1, "metadata", &metadata)
        try fields.field(2, "spec", &spec)
        try fields.field(3, "status", &status)
    }
}

package struct ServiceStatus: Message {
    package var loadBalancer = LoadBalancerStatus()

    package init() {}

    package mutating func code<Fields: FieldCoder & ~Copyable & ~Escapable>(
        _ fields: inout Fields
    ) throws(ObjectError) {
        try fields.field(1, "loadBalancer", &loadBalancer)
    }
}

package struct LoadBalancerStatus: Message {
    package var ingress: [LoadBalancerIngress] = []

    package init() {}

    package mutating func code<Fields: FieldCoder & ~Copyable & ~Escapable>(
        _ fields: inout Fields
    ) throws(ObjectError) {
        try fields.field(1, "ingress", &ingress)
    }
}

/// Where a load balancer takes traffic for a service.
package struct LoadBalancerIngress: Message, EmptyInitializable {
    /// As it was written: who uses it says what it is no address for (S23).
    package var ip = ""
    package var hostname = ""
    /// "VIP" or nothing if packets come with this destination, "Proxy" if with the node's.
    package var ipMode = ""

    package init() {}

    package mutating func code<Fields: FieldCoder & ~Copyable & ~Escapable>(
        _ fields: inout Fields
    ) throws(ObjectError) {
        try fields.field(1, "ip", &ip)
        try fields.field(2, "hostname", &hostname)
        try fields.field(3, "ipMode", &ipMode)
    }
}
