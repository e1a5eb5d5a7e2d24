package import Network

/// A value that every format writes as text, and that is checked while it is read.
package protocol TextField: FieldValue {
    /// The value of a text; nil if it is impossible.
    init?(field text: Span<UInt8>)
    var fieldText: String { get }
    /// What would be right, as the end of a sentence: "one of TCP, UDP, SCTP".
    static var expectation: String { get }
}

extension TextField {
    package var isAbsent: Bool { false }
    package static var isEmptyTextAbsent: Bool { true }

    package mutating func decode<Decoder: ValueDecoder & ~Copyable & ~Escapable>(
        _ decoder: inout Decoder
    ) throws(ObjectError) { self = try decoder.parsed(Self.self) }

    package func encode<Encoder: ValueEncoder & ~Copyable>(
        _ encoder: inout Encoder
    ) throws(ObjectError) { encoder.text(fieldText) }
}

/// One of the words that the API defines for a field.
package protocol Word: TextField, CaseIterable, Hashable, Sendable, RawRepresentable<String> {}

extension Word {
    package init?(field text: Span<UInt8>) {
        guard let word = Self.allCases.first(where: { text.isEqual(to: $0.rawValue) }) else {
            return nil
        }
        self = word
    }

    package var fieldText: String { rawValue }

    package static var expectation: String {
        "one of " + allCases.map(\.rawValue).joined(separator: ", ")
    }
}

extension IPAddress: TextField, EmptyInitializable {
    /// What is there before an address is read.
    package init() { self = .v4(IPv4Address(rawValue: 0)) }

    package init?(field text: Span<UInt8>) { self.init(legacy: text) }
    package var fieldText: String { description }
    package static var expectation: String { "an IP address" }
}

extension TransportProtocol: TextField, EmptyInitializable {
    /// What the API takes an absent protocol for.
    package init() { self = .tcp }

    package init?(field text: Span<UInt8>) { self.init(utf8: text) }
    package var fieldText: String { description }
    package static var expectation: String { "one of TCP, UDP, SCTP" }
}

extension Span<UInt8> {
    /// Whether these are the bytes of a text.
    func isEqual(to text: String) -> Bool {
        let other = text.utf8.span
        guard count == other.count else { return false }
        for index in indices where self[index] != other[index] { return false }
        return true
    }
}
