/// What is wrong with one object: in which field, and what would be right.
package struct ObjectError: Error, Hashable, Sendable {
    /// Where in the text, when the format has lines.
    package struct Place: Hashable, Sendable {
        package let line: Int
        package let column: Int

        package init(line: Int, column: Int) {
            self.line = line
            self.column = column
        }
    }

    /// As people write it: `spec.ports[2].protocol`; empty when the object as a whole is meant.
    package private(set) var field: String
    package let problem: String
    package let place: Place?

    package init(_ problem: String, in field: String = "", at place: Place? = nil) {
        self.problem = problem
        self.field = field
        self.place = place
    }
}

extension ObjectError {
    /// The same error, seen from the message that has the field.
    func inside(_ name: String) -> ObjectError {
        var error = self
        error.field =
            field.isEmpty ? name : field.first == "[" ? "\(name)\(field)" : "\(name).\(field)"
        return error
    }

    /// The same error, seen from the list that has the element.
    func inside(element index: Int) -> ObjectError { inside("[\(index)]") }
}

extension ObjectError: CustomStringConvertible {
    package var description: String { field.isEmpty ? problem : "\(field): \(problem)" }
}

/// A text of an object in quotes, cut where it would fill the log.
func quoted(_ text: String) -> String {
    let longest = 64
    return text.count <= longest ? "'\(text)'" : "'\(text.prefix(longest))…'"
}
