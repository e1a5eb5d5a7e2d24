/// Goes through the fields of a message, reading or writing them in one of the formats.
///
/// A message names each of its fields once, in the order of the API's own definition; that one
/// list serves protobuf, JSON and YAML, and both directions.
package protocol FieldCoder: ~Copyable, ~Escapable {
    /// Reads the field into `value` if it stands here, or writes `value` unless it is absent.
    mutating func field<Value: FieldValue>(
        _ number: UInt32, _ name: String, _ value: inout Value
    ) throws(ObjectError)
}

/// What a field can hold.
package protocol FieldValue {
    /// Whether there is nothing to write: the API leaves out what is empty.
    var isAbsent: Bool { get }

    /// Whether an empty text says no more than a field that is left out.
    ///
    /// The API's own protobuf encoder writes the empty text for most words that were not given.
    static var isEmptyTextAbsent: Bool { get }

    /// Reads the value that stands here; of a repeated field in protobuf, one more element.
    mutating func decode<Decoder: ValueDecoder & ~Copyable & ~Escapable>(
        _ decoder: inout Decoder
    ) throws(ObjectError)

    func encode<Encoder: ValueEncoder & ~Copyable>(
        _ encoder: inout Encoder
    ) throws(ObjectError)
}

extension FieldValue {
    package static var isEmptyTextAbsent: Bool { false }
}

/// A value made of fields.
package protocol Message: FieldValue, Hashable, Sendable {
    init()

    mutating func code<Fields: FieldCoder & ~Copyable & ~Escapable>(
        _ fields: inout Fields
    ) throws(ObjectError)

    /// Brings what was read into its one form, after the last field; throws if it is impossible.
    mutating func settle() throws(ObjectError)
}

extension Message {
    package mutating func settle() throws(ObjectError) {}

    package var isAbsent: Bool { self == Self() }

    package mutating func decode<Decoder: ValueDecoder & ~Copyable & ~Escapable>(
        _ decoder: inout Decoder
    ) throws(ObjectError) {
        try decoder.message(&self)
        try settle()
    }

    package func encode<Encoder: ValueEncoder & ~Copyable>(
        _ encoder: inout Encoder
    ) throws(ObjectError) {
        try encoder.message(self)
    }
}
