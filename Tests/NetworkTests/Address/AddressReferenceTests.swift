import FuzzSupport
import Network
import Testing

/// Our parsers and printers against the C library's `inet_pton` and `inet_ntop`.
@Suite struct `Addresses as the C library has them` {
    private static let seeds: Range<UInt64> = 1..<5
    private static let rounds = 5000

    @Test(arguments: seeds)
    func `random IPv4 addresses are printed and read alike`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<Self.rounds {
            let address = IPv4Address(rawValue: UInt32.random(in: 0 ... .max, using: &random))
            let text = AddressReference.text(address)
            #expect(address.description == text)
            #expect(IPv4Address(text) == address)
        }
    }

    @Test(arguments: seeds)
    func `IPv6 addresses with many zeros are printed and read alike`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<Self.rounds {
            let address = sparseAddress(&random)
            let text = AddressReference.text(address)
            #expect(address.description == text)
            #expect(IPv6Address(text) == address)
        }
    }

    /// All places for zero, one-digit and full groups; with 0xffff so that IPv4 is embedded.
    @Test func `IPv6 addresses of all patterns of groups are printed and read alike`() {
        for pattern in 0..<(1 << 16) {
            let groups = (0..<8).map { [0, 1, 0xFFFF, 0x0ABC][pattern >> (2 * $0) & 3] }
            let address = IPv6Address(rawValue: groups.reduce(0) { $0 << 16 | UInt128($1) })
            let text = AddressReference.text(address)
            if address.description != text || IPv6Address(text) != address {
                Issue.record("\(address) should be \(text)")
            }
        }
    }

    @Test(arguments: seeds)
    func `texts of the right letters are read alike`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var accepted = (v4: 0, v6: 0)
        for _ in 0..<Self.rounds * 4 {
            let text = text(&random)
            let v4 = IPv4Address(utf8: text.span)
            let v6 = IPv6Address(utf8: text.span)
            #expect(v4 == AddressReference.ipv4(text))
            #expect(v6 == AddressReference.ipv6(text))
            if v4 != nil { accepted.v4 += 1 }
            if v6 != nil { accepted.v6 += 1 }
        }
        // Else the test would only prove that nonsense is refused.
        #expect(accepted.v4 > 100 && accepted.v6 > 100, "\(accepted)")
    }

    private func sparseAddress(_ random: inout SeededGenerator) -> IPv6Address {
        var value: UInt128 = 0
        for _ in 0..<8 {
            let width = [0, 0, 0, 1, 4, 8, 12, 16][random.below(8)]
            value = value << 16 | UInt128(random.below(1 << width))
        }
        return IPv6Address(rawValue: value)
    }

    /// Groups or octets of random length with separators, mostly near the right number of them.
    private func text(_ random: inout SeededGenerator) -> [UInt8] {
        var text = ""
        let isV4 = random.below(3) == 0
        for index in 0..<(isV4 ? 4 : 1 + random.below(8)) {
            if index > 0 { text += isV4 ? "." : [":", ":", "::"][random.below(3)] }
            let limit = isV4 ? 300 : [2, 0x100, 0x10000, 0x12000][random.below(4)]
            text += String(random.below(limit), radix: isV4 ? 10 : 16)
        }
        if !isV4, random.below(4) == 0 { text += ":1.2.3.\(random.below(300))" }
        if !isV4, random.below(4) == 0 { text = "::" + text }
        if random.below(8) == 0 { text += ["::", ":", ".", "%1", "/8", " ", "0"][random.below(7)] }
        return Array(text.utf8)
    }
}
