/// Text for an attribute of limited length: no NUL inside, not empty.
enum KernelText {
    /// Refuses what the kernel would refuse or cut short, before anything is sent.
    static func check(
        _ text: String, limit: Int, _ operation: String
    ) throws(NetlinkError) {
        let bytes = text.utf8
        if bytes.isEmpty {
            throw NetlinkError(.invalid, operation, text: "the text is empty")
        }
        if bytes.count > limit {
            throw NetlinkError(
                .invalid, operation, "\"\(text)\"",
                text: "\(bytes.count) bytes where at most \(limit) fit")
        }
        if bytes.contains(0) {
            throw NetlinkError(
                .invalid, operation, "\"\(text)\"", text: "a NUL would end the text early")
        }
    }
}

extension Attribute {
    /// Text up to the first NUL; bytes that are not UTF-8 are replaced.
    ///
    /// The kernel takes any bytes for a name, and one odd name must not hide all other objects.
    func text() -> String {
        var end = 0
        while end < bytes.count, bytes[end] != 0 { end += 1 }
        let text = bytes.extracting(0..<end)
        if let valid = try? UTF8Span(validating: text) { return String(copying: valid) }
        return String(decoding: text.copied(), as: UTF8.self)
    }
}
