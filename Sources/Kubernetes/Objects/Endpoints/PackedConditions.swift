/// An endpoint's conditions, each in two bits: whether it is known, and whether it holds.
struct PackedConditions: Hashable, Sendable {
    private let bits: UInt8

    init(_ conditions: EndpointConditions) {
        bits =
            Self.bits(conditions.ready, at: Self.ready)
            | Self.bits(conditions.serving, at: Self.serving)
            | Self.bits(conditions.terminating, at: Self.terminating)
    }

    var value: EndpointConditions {
        EndpointConditions(
            ready: value(at: Self.ready), serving: value(at: Self.serving),
            terminating: value(at: Self.terminating))
    }

    private static let ready: UInt8 = 0
    private static let serving: UInt8 = 2
    private static let terminating: UInt8 = 4

    private static func bits(_ value: Bool?, at shift: UInt8) -> UInt8 {
        guard let value else { return 0 }
        return (value ? 0b11 : 0b01) << shift
    }

    private func value(at shift: UInt8) -> Bool? {
        let pair = bits >> shift
        return pair & 0b01 == 0 ? nil : pair & 0b10 != 0
    }
}
