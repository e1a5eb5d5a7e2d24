import Kubernetes
import Network

/// What kind of service a number has.
struct ServiceShape {
    enum Kind {
        case clusterIP
        /// Headless; each endpoint has a host name.
        case named
        case externalName
        /// Headless; endpoints have no host names.
        case nameless
    }

    let kind: Kind
    private let place: Int

    init(_ number: Int) {
        place = number % 100
        kind =
            switch place {
            case ..<80: .clusterIP
            case ..<95: .named
            case ..<98: .externalName
            default: .nameless
            }
    }

    /// One in ten has both families.
    var families: [IPFamily] { place % 10 == 3 ? [.v4, .v6] : [.v4] }

    /// An address alone is enough for a name.
    var hasEndpoints: Bool { place != 79 }

    /// A headless service whose pods have all failed.
    var isUnready: Bool { place == 94 }

    var ports: [ServicePort] {
        switch kind {
        case .externalName: []
        case .nameless where place == 99: []
        case .clusterIP where place == 78: [port("", 80)]
        default: place.isMultiple(of: 2) ? [port("http", 80), more] : [port("http", 80)]
        }
    }

    private var more: ServicePort {
        place.isMultiple(of: 4) ? port("metrics", 1153) : port("dns", 53, .udp)
    }

    private func port(
        _ name: String, _ number: UInt16, _ transport: TransportProtocol = .tcp
    ) -> ServicePort {
        var port = ServicePort()
        port.name = name
        port.transport = transport
        port.port = number
        port.targetPort = .number(Int32(number) + 8000)
        return port
    }
}
