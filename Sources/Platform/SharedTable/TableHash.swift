/// A hash that only those can predict who know the seed: multiplications whose halves are folded.
@inline(__always)
func tableHash(_ key: Span<UInt8>, seed: UInt64) -> UInt64 {
    unsafe key.withUnsafeBytes { bytes in
        var hash = seed ^ UInt64(bytes.count) &* spread
        var offset = 0
        while offset + 8 <= bytes.count {
            let word = unsafe bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            hash = folded(hash ^ word, spread)
            offset += 8
        }
        var rest: UInt64 = 0
        while offset < bytes.count {
            rest = unsafe rest << 8 | UInt64(bytes[offset])
            offset += 1
        }
        return folded(folded(hash ^ rest, spread), seed | 1)
    }
}

/// An odd number without pattern: the fractional part of the golden ratio.
private let spread: UInt64 = 0x9e37_79b9_7f4a_7c15

@inline(__always)
private func folded(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let product = left.multipliedFullWidth(by: right)
    return product.high ^ product.low
}
