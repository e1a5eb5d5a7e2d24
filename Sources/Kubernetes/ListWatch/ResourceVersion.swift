/// A state of the server's objects, as it names it.
///
/// API servers count states in decimal; who writes anything else gives no order but that of arrival.
struct ResourceVersion: Hashable, Sendable {
    let text: String
    private let number: UInt64?

    init(_ text: String = "") {
        self.text = text
        self.number = UInt64(text)
    }

    var isEmpty: Bool { text.isEmpty }

    /// Whether this state is known to be before the other.
    func isOlder(than other: ResourceVersion) -> Bool {
        guard let number, let otherNumber = other.number else { return false }
        return number < otherNumber
    }

    /// Whether this state is known to be the other or before it.
    func isCovered(by other: ResourceVersion) -> Bool {
        !isEmpty && (self == other || isOlder(than: other))
    }
}
