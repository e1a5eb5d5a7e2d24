import Network

/// An endpoint without its texts.
struct EndpointRecord: Hashable, Sendable {
    private let high: UInt64
    private let low: UInt64
    /// Where the list has its names.
    var names = noNames
    /// Which of the list's places it runs at.
    var place: UInt16 = 0
    /// Which of the list's hints it has, counted from one; zero for none.
    var hint: UInt16 = 0
    let flags: Flags

    static let noNames = UInt32.max

    init(_ address: IPAddress, _ conditions: EndpointConditions) {
        switch address {
        case .v4(let address): (high, low) = (0, UInt64(address.rawValue))
        case .v6(let address): (high, low) = (address.high, address.low)
        }
        flags = Flags(conditions, address.family)
    }

    var address: IPAddress {
        flags.contains(.isV6)
            ? .v6(IPv6Address(high: high, low: low))
            : .v4(IPv4Address(rawValue: UInt32(truncatingIfNeeded: low)))
    }
}

extension EndpointRecord {
    /// The family of the address, and each condition in two bits: whether it is known, and holds.
    struct Flags: OptionSet, Hashable, Sendable {
        let rawValue: UInt8

        static let isV6 = Flags(rawValue: 1)

        init(rawValue: UInt8) { self.rawValue = rawValue }

        init(_ conditions: EndpointConditions, _ family: IPFamily) {
            rawValue =
                (family == .v6 ? Self.isV6.rawValue : 0)
                | Self.bits(conditions.ready, at: Self.ready)
                | Self.bits(conditions.serving, at: Self.serving)
                | Self.bits(conditions.terminating, at: Self.terminating)
        }

        var conditions: EndpointConditions {
            EndpointConditions(
                ready: value(at: Self.ready), serving: value(at: Self.serving),
                terminating: value(at: Self.terminating))
        }

        private static let ready: UInt8 = 1
        private static let serving: UInt8 = 3
        private static let terminating: UInt8 = 5

        private static func bits(_ value: Bool?, at shift: UInt8) -> UInt8 {
            guard let value else { return 0 }
            return (value ? 0b11 : 0b01) << shift
        }

        private func value(at shift: UInt8) -> Bool? {
            let bits = rawValue >> shift
            return bits & 0b01 == 0 ? nil : bits & 0b10 != 0
        }
    }
}
