extension String: FieldValue {
    package var isAbsent: Bool { isEmpty }

    package mutating func decode<Decoder: ValueDecoder & ~Copyable & ~Escapable>(
        _ decoder: inout Decoder
    ) throws(ObjectError) { self = try decoder.text() }

    package func encode<Encoder: ValueEncoder & ~Copyable>(
        _ encoder: inout Encoder
    ) throws(ObjectError) { encoder.text(self) }
}

extension Bool: FieldValue {
    package var isAbsent: Bool { !self }

    package mutating func decode<Decoder: ValueDecoder & ~Copyable & ~Escapable>(
        _ decoder: inout Decoder
    ) throws(ObjectError) { self = try decoder.flag() }

    package func encode<Encoder: ValueEncoder & ~Copyable>(
        _ encoder: inout Encoder
    ) throws(ObjectError) { encoder.flag(self) }
}

/// Numbers of one width each: a number that does not fit is an impossible value.
extension FieldValue where Self: FixedWidthInteger {
    package var isAbsent: Bool { self == 0 }

    package mutating func decode<Decoder: ValueDecoder & ~Copyable & ~Escapable>(
        _ decoder: inout Decoder
    ) throws(ObjectError) {
        let number = try decoder.integer()
        guard let value = Self(exactly: number) else {
            throw decoder.error("\(number) is not between \(Self.min) and \(Self.max)")
        }
        self = value
    }

    package func encode<Encoder: ValueEncoder & ~Copyable>(
        _ encoder: inout Encoder
    ) throws(ObjectError) { encoder.integer(Int64(truncatingIfNeeded: self)) }
}

extension Int32: FieldValue {}
extension Int64: FieldValue {}
extension UInt16: FieldValue {}
