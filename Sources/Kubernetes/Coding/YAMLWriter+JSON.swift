package import JSON
package import YAML

extension YAMLWriter {
    /// Writes a value that JSON has.
    package mutating func write(_ value: JSONValue) {
        switch value {
        case .null: null()
        case .bool(let flag): bool(flag)
        case .number(let digits): number(digits)
        case .string(let text): string(text)
        case .array(let elements):
            beginSequence()
            for element in elements { write(element) }
            end()
        case .object(let object):
            beginMapping()
            for member in object.members {
                key(member.key)
                write(member.value)
            }
            end()
        }
    }
}
