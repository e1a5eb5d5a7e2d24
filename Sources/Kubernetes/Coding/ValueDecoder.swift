/// Reads the value of the field that it stands at.
package protocol ValueDecoder: FieldCoder, ~Copyable, ~Escapable {
    /// What the values that are read share.
    var pool: SharingPool { get }
    mutating func text() throws(ObjectError) -> String
    mutating func integer() throws(ObjectError) -> Int64
    mutating func flag() throws(ObjectError) -> Bool
    /// A value that is parsed from its text without making a string.
    mutating func parsed<Value: TextField>(_ type: Value.Type) throws(ObjectError) -> Value
    /// Seconds since 1970, from a time that the API writes as RFC 3339.
    mutating func time() throws(ObjectError) -> Int64
    mutating func numberOrName() throws(ObjectError) -> NumberOrName
    mutating func message<Value: Message>(_ value: inout Value) throws(ObjectError)
    /// Calls `body` with the decoder at each element that stands here.
    mutating func elements(
        _ body: (inout Self) throws(ObjectError) -> Void
    ) throws(ObjectError)
    /// Calls `body` with each key and value that stand here.
    mutating func entries(_ body: (String, String) -> Void) throws(ObjectError)
    /// An error about the value that was read last.
    func error(_ problem: String) -> ObjectError
}
