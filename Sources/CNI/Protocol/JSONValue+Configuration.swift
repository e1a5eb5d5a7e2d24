package import JSON

extension JSONValue {
    /// Reads a document that a runtime or another plugin wrote; what is wrong is the protocol's error.
    package init(parsing text: Span<UInt8>) throws(CNIError) {
        do throws(JSONError) {
            try self.init(document: text)
        } catch {
            throw CNIError(
                .undecodable, "the configuration is not valid JSON", details: "\(error)")
        }
    }
}
