/// `chaos`: what the server says of itself in class CH.
package struct ChaosOptions: Hashable, Sendable {
    /// Nil for the version it has.
    package var version: String?
    package var authors: [String] = []

    /// A text in a TXT record (RFC 1035 section 3.3).
    private static let longestText = 255

    init(_ directive: Directive) throws(CorefileError) {
        try directive.checkForNoBlock()
        for word in directive.values where word.text.utf8.count > Self.longestText {
            throw directive.unsuitable(word, "write at most \(Self.longestText) bytes")
        }
        version = directive.values.first?.text
        for word in directive.values.dropFirst() where !authors.contains(word.text) {
            authors.append(word.text)
        }
        authors.sort()
    }
}
