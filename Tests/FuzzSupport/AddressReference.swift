import CReference
package import Network

/// What the C library reads and prints: the measure for our own parsers and printers.
package enum AddressReference {
    package static func ipv4(_ text: [UInt8]) -> IPv4Address? {
        parse(text, isV6: false).map { IPv4Address(rawValue: UInt32(truncatingIfNeeded: $0.low)) }
    }

    package static func ipv6(_ text: [UInt8]) -> IPv6Address? {
        parse(text, isV6: true).map { IPv6Address(high: $0.high, low: $0.low) }
    }

    package static func text(_ address: IPv4Address) -> String {
        print(isV6: false, high: 0, low: UInt64(address.rawValue))
    }

    package static func text(_ address: IPv6Address) -> String {
        print(isV6: true, high: address.high, low: address.low)
    }

    private static func parse(_ text: [UInt8], isV6: Bool) -> (high: UInt64, low: UInt64)? {
        var high: UInt64 = 0
        var low: UInt64 = 0
        let found = unsafe weft_reference_pton(isV6 ? 1 : 0, text, text.count, &high, &low)
        return found == 1 ? (high, low) : nil
    }

    private static func print(isV6: Bool, high: UInt64, low: UInt64) -> String {
        var text = [UInt8](repeating: 0, count: 64)
        let count = unsafe weft_reference_ntop(isV6 ? 1 : 0, high, low, &text, text.count)
        return String(decoding: text.prefix(count), as: UTF8.self)
    }
}
