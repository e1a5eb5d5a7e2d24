/// FNV-1a: the same in every process, so that what is chosen by it is chosen again.
package struct StableHash {
    package private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

    package init(_ texts: String...) {
        for text in texts { add(text) }
    }

    mutating func add(_ text: String) {
        // The end counts too, or "a","bc" would be "ab","c".
        for byte in text.utf8 { add(byte) }
        add(0)
    }

    private mutating func add(_ byte: UInt8) { value = (value ^ UInt64(byte)) &* 0x100_0000_01B3 }

    /// Letters and digits that cannot form words, as Kubernetes has them at the end of names.
    func suffix(length: Int) -> String {
        var rest = value
        var text = ""
        for _ in 0..<length {
            text.unicodeScalars.append(Self.alphabet[Int(rest % UInt64(Self.alphabet.count))])
            rest /= UInt64(Self.alphabet.count)
        }
        return text
    }

    private static let alphabet = Array("bcdfghjklmnpqrstvwxz2456789".unicodeScalars)
}
