/// A header field.
package struct HTTPField: Hashable, Sendable {
    package var name: String
    package var value: String

    package init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}

extension HTTPField {
    func check() throws(TransportError) {
        let isName = !name.isEmpty && name.utf8.allSatisfy { $0.isVisible && $0 != colon }
        // A line's end in a value would begin a header of the value's choice.
        guard isName, value.utf8.allSatisfy({ $0 >= space || $0 == tab }) else {
            throw TransportError(
                .invalidRequest, "send the header \"\(name)\"",
                "its name or value has characters that a header cannot carry")
        }
    }

    /// The field as libcurl takes it, which reads "name:" as a wish to send no such header.
    var line: String { value.isEmpty ? "\(name);" : "\(name): \(value)" }
}

private let (space, tab, colon) = (UInt8(0x20), UInt8(0x09), UInt8(0x3A))
