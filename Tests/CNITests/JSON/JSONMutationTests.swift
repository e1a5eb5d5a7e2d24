import Testing

@testable import CNI

@Suite("Damaged JSON")
struct JSONMutationTests {
    private static let configuration = #"""
        {"cniVersion":"1.0.0","name":"kind\u006eet \ud83d\ude00","plugins":[{"type":"weft-cni","mtu":1500,
        "ipam":{"ranges":[[{"subnet":"10.244.0.0/24"}]],"x":-0.25e+7},"ipMasq":true,"args":null}]}
        """#

    @Test("every truncated document is refused")
    func truncated() {
        let bytes = Array(Self.configuration.utf8)
        for count in 0..<bytes.count {
            #expect(throws: CNIError.self) {
                try JSONValue(parsing: bytes.span.extracting(first: count))
            }
        }
    }

    @Test("a mutated document is refused or reads back as it was understood", arguments: 0..<8)
    func mutated(seed: UInt64) throws {
        var random = SplitMix(state: seed)
        for _ in 0..<2_000 {
            var bytes = Array(Self.configuration.utf8)
            for _ in 0..<Int.random(in: 1...4, using: &random) { mutate(&bytes, &random) }
            guard let value = try? JSONValue(parsing: bytes.span) else { continue }
            #expect(try JSONValue(parsing: value.text.utf8.span) == value)
        }
    }

    private func mutate(_ bytes: inout [UInt8], _ random: inout SplitMix) {
        let index = Int.random(in: bytes.indices, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes[index] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes[index] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        case 2: bytes.remove(at: index)
        default: bytes.insert(bytes[Int.random(in: bytes.indices, using: &random)], at: index)
        }
    }
}

/// A repeatable source of random numbers, so that a failure comes back with its seed.
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
