package import Network

/// A part of the endpoints of a service, all of one address type and with the same ports.
package struct EndpointSlice: KubernetesObject {
    package static let kind = Kind.endpointSlice

    package var metadata = ObjectMeta()
    package var addressType = AddressType.ipv4
    package var endpoints = EndpointList()
    package var ports: [EndpointPort] = []

    package init() {}
}

extension EndpointSlice {
    /// The service it is for, in the same namespace; empty for a slice of no service.
    package var serviceName: String { metadata.labels[Self.serviceLabel] ?? "" }

    package static let serviceLabel = "kubernetes.io/service-name"

    package mutating func code<Fields: FieldCoder & ~Copyable & ~Escapable>(
        _ fields: inout Fields
    ) throws(ObjectError) {
        try fields.field(1, "metadata", &metadata)
        try fields.field(4, "addressType", &addressType)
        try fields.field(2, "endpoints", &endpoints)
        try fields.field(3, "ports", &ports)
    }

    package mutating func settle() throws(ObjectError) {
        metadata.labels.keep { Self.keptLabels.contains($0) }
        guard let family = addressType.family else {
            // Names are no endpoints: neither proxies nor DNS servers use such slices.
            endpoints = EndpointList()
            return
        }
        endpoints.shrink()
        guard family == endpoints.family ?? family else {
            throw ObjectError("all addresses must be of \(addressType.rawValue)", in: "endpoints")
        }
    }

    /// Each slice repeats its service's labels; these are the ones that say something of the slice.
    private static let keptLabels: Set<String> = [
        serviceLabel, "endpointslice.kubernetes.io/managed-by",
        "service.kubernetes.io/headless", "service.kubernetes.io/service-proxy-name",
    ]
}

package enum AddressType: String, Word {
    case ipv4 = "IPv4"
    case ipv6 = "IPv6"
    case name = "FQDN"

    package var family: IPFamily? {
        switch self {
        case .ipv4: .v4
        case .ipv6: .v6
        case .name: nil
        }
    }
}

/// A port that all endpoints of a slice have.
package struct EndpointPort: Message, EmptyInitializable {
    package var name = ""
    package var transport = TransportProtocol.tcp
    /// Without one, all ports are meant.
    package var port: UInt16?
    package var appProtocol = ""

    package init() {}

    package mutating func code<Fields: FieldCoder & ~Copyable & ~Escapable>(
        _ fields: inout Fields
    ) throws(ObjectError) {
        try fields.field(1, "name", &name)
        try fields.field(2, "protocol", &transport)
        try fields.field(3, "port", &port)
        try fields.field(4, "appProtocol", &appProtocol)
    }
}
