/// Writes the value of the field that was named last.
package protocol ValueEncoder: FieldCoder, ~Copyable {
    mutating func text(_ text: String)
    mutating func integer(_ integer: Int64)
    mutating func flag(_ flag: Bool)
    mutating func time(_ seconds: Int64)
    mutating func numberOrName(_ value: NumberOrName)
    mutating func message<Value: Message>(_ value: Value) throws(ObjectError)
    /// Writes a list whose elements `body` writes.
    mutating func elements<Element>(
        _ elements: [Element], _ body: (inout Self, Element) throws(ObjectError) -> Void
    ) throws(ObjectError)
    mutating func entries(_ entries: Labels)
}
