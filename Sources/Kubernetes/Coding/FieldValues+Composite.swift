extension Optional: FieldValue where Wrapped: FieldValue & EmptyInitializable {
    package var isAbsent: Bool { self == nil }
    package static var isEmptyTextAbsent: Bool { Wrapped.isEmptyTextAbsent }

    package mutating func decode<Decoder: ValueDecoder & ~Copyable & ~Escapable>(
        _ decoder: inout Decoder
    ) throws(ObjectError) {
        var value = self ?? Wrapped()
        try value.decode(&decoder)
        self = value
    }

    package func encode<Encoder: ValueEncoder & ~Copyable>(
        _ encoder: inout Encoder
    ) throws(ObjectError) { try self?.encode(&encoder) }
}

extension Array: FieldValue where Element: FieldValue & EmptyInitializable {
    package var isAbsent: Bool { isEmpty }

    package mutating func decode<Decoder: ValueDecoder & ~Copyable & ~Escapable>(
        _ decoder: inout Decoder
    ) throws(ObjectError) {
        // Protobuf has one more element here, JSON all of them.
        try decoder.elements { decoder throws(ObjectError) in
            var element = Element()
            do throws(ObjectError) {
                try element.decode(&decoder)
            } catch {
                throw error.inside(element: count)
            }
            append(element)
        }
    }

    package func encode<Encoder: ValueEncoder & ~Copyable>(
        _ encoder: inout Encoder
    ) throws(ObjectError) {
        try encoder.elements(self) { encoder, element throws(ObjectError) in
            try element.encode(&encoder)
        }
    }
}

/// A value that begins as nothing and is then read.
package protocol EmptyInitializable {
    init()
}

extension String: EmptyInitializable {}
extension Bool: EmptyInitializable {}
extension Int32: EmptyInitializable {}
extension Int64: EmptyInitializable {}
extension UInt16: EmptyInitializable {}
