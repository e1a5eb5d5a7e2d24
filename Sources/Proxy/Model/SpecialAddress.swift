import Network

/// Why an address cannot be sent to, as the API server refuses it too.
enum SpecialAddress: String {
    case unspecified
    case loopback
    case multicast
    case broadcast

    /// Nil for an address like any other.
    init?(_ address: IPAddress) {
        if address.isLoopback {
            self = .loopback
        } else if address.isMulticast {
            self = .multicast
        } else if address.isUnspecified {
            self = .unspecified
        } else if case .v4(.broadcast) = address.unmapped {
            self = .broadcast
        } else {
            return nil
        }
    }
}
