import Kubernetes

/// A number of letters and digits that tells names apart, as kube-proxy's chains have in their names.
///
/// kube-proxy takes them of SHA-256. Which they are makes no difference, how many there are does.
struct ChainHash: CustomStringConvertible {
    let description: String

    init(_ name: String, length: Int) {
        var value = StableHash(name).value
        var text = ""
        for _ in 0..<length {
            text.append(Self.digits[Int(value % 32)])
            // What comes in from the upper end has never been a digit.
            value = value >> 5 | (value &* 0x9E37_79B9_7F4A_7C15) << 59
        }
        description = text
    }

    private static let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
}
