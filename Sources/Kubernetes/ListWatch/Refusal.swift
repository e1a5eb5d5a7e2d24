/// An answer that says no.
package struct Refusal: Hashable, Sendable {
    /// HTTP's number, or that of a Status that came as an event.
    package let status: Int
    /// The server's own words; empty if the answer was no Status.
    package let body: ServerStatus
    package let retryAfter: Duration?

    package init(
        _ status: Int, _ body: ServerStatus = ServerStatus(), retryAfter: Duration? = nil
    ) {
        self.status = status
        self.body = body
        self.retryAfter = retryAfter
    }

    /// What a watch's event of type ERROR says.
    package init(_ body: ServerStatus) {
        let seconds = body.details.retryAfterSeconds
        self.init(
            Int(body.code), body, retryAfter: seconds > 0 ? .seconds(Int64(seconds)) : nil)
    }
}

extension Refusal {
    /// Whether the server has not come to a state that was asked for.
    ///
    /// It answers as to a timeout; its words have been the same since there is the error.
    var isVersionTooLarge: Bool { body.message.contains("Too large resource version") }

    var text: String { body.message.isEmpty ? "HTTP status \(status)" : body.message }
}
