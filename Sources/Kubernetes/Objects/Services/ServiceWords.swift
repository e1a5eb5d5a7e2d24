package import Network

package enum ServiceType: String, Word {
    case clusterIP = "ClusterIP"
    case nodePort = "NodePort"
    case loadBalancer = "LoadBalancer"
    case externalName = "ExternalName"
}

package enum SessionAffinity: String, Word {
    case none = "None"
    case clientIP = "ClientIP"
}

/// Whose endpoints take traffic: those of the whole cluster, or of the node it came to.
package enum TrafficPolicy: String, Word {
    case cluster = "Cluster"
    case local = "Local"
}

package enum IPFamilyPolicy: String, Word, EmptyInitializable {
    case singleStack = "SingleStack"
    case preferDualStack = "PreferDualStack"
    case requireDualStack = "RequireDualStack"

    package init() { self = .singleStack }
}

extension IPFamily: TextField, EmptyInitializable {
    package init() { self = .v4 }

    package init?(field text: Span<UInt8>) {
        if text.isEqual(to: "IPv4") {
            self = .v4
        } else if text.isEqual(to: "IPv6") {
            self = .v6
        } else {
            return nil
        }
    }

    package var fieldText: String { self == .v4 ? "IPv4" : "IPv6" }
    package static var expectation: String { "one of IPv4, IPv6" }
}

/// A service's address, or the word that it shall have none.
package enum ClusterIP: Hashable, Sendable {
    case none
    case address(IPAddress)
}

extension ClusterIP: TextField, EmptyInitializable {
    package init() { self = .none }

    package init?(field text: Span<UInt8>) {
        if text.isEqual(to: "None") {
            self = .none
        } else if let address = IPAddress(field: text) {
            self = .address(address)
        } else {
            return nil
        }
    }

    package var fieldText: String {
        switch self {
        case .none: "None"
        case .address(let address): address.description
        }
    }

    package static var expectation: String { "an IP address or None" }
}
