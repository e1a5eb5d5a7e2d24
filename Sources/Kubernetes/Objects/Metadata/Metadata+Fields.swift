extension UID: TextField {
    package init?(field text: Span<UInt8>) { self.init(text) }
    package var fieldText: String { text }
    package var isAbsent: Bool { isEmpty }
    package static var expectation: String { "a UID" }
}

extension Timestamp: FieldValue, EmptyInitializable {
    package init() { self.init(seconds: 0) }

    package var isAbsent: Bool { false }
    /// A time that was not given is an empty message in protobuf.
    package static var isEmptyTextAbsent: Bool { true }

    package mutating func decode<Decoder: ValueDecoder & ~Copyable & ~Escapable>(
        _ decoder: inout Decoder
    ) throws(ObjectError) { self = Timestamp(seconds: try decoder.time()) }

    package func encode<Encoder: ValueEncoder & ~Copyable>(
        _ encoder: inout Encoder
    ) throws(ObjectError) { encoder.time(seconds) }
}

extension Labels: FieldValue {
    package var isAbsent: Bool { isEmpty }

    package mutating func decode<Decoder: ValueDecoder & ~Copyable & ~Escapable>(
        _ decoder: inout Decoder
    ) throws(ObjectError) {
        try decoder.entries { self[$0] = $1 }
    }

    package func encode<Encoder: ValueEncoder & ~Copyable>(
        _ encoder: inout Encoder
    ) throws(ObjectError) { encoder.entries(self) }
}

extension Annotations: FieldValue {
    package var isAbsent: Bool { kept.isEmpty }

    package mutating func decode<Decoder: ValueDecoder & ~Copyable & ~Escapable>(
        _ decoder: inout Decoder
    ) throws(ObjectError) {
        try decoder.entries { add($0, $1) }
    }

    package func encode<Encoder: ValueEncoder & ~Copyable>(
        _ encoder: inout Encoder
    ) throws(ObjectError) { encoder.entries(kept) }
}

extension NumberOrName: FieldValue, EmptyInitializable {
    package init() { self = .number(0) }

    package var isAbsent: Bool { false }

    package mutating func decode<Decoder: ValueDecoder & ~Copyable & ~Escapable>(
        _ decoder: inout Decoder
    ) throws(ObjectError) { self = try decoder.numberOrName() }

    package func encode<Encoder: ValueEncoder & ~Copyable>(
        _ encoder: inout Encoder
    ) throws(ObjectError) { encoder.numberOrName(self) }
}
