/// What a server is asked.
package struct HTTPRequest: Hashable, Sendable {
    package var method: HTTPMethod
    /// The path and the query, encoded: "/api/v1/services?limit=500".
    package var path: String
    package var fields: [HTTPField] = []
    package var body: [UInt8] = []
    package var limits = TimeLimits()
    /// The most bytes of an answer, after decompression; a longer one is an error.
    package var longestAnswer = Int.max
    /// Asks for a compressed answer, which arrives decompressed.
    package var acceptsCompression = true
    /// Whether others may have streams of its connection; not for long answers that have an end.
    ///
    /// libcurl 7.88 can read the last piece of such an answer on behalf of another stream, and then
    /// does not notice that it was the last until the server says anything else.
    package var sharesConnection = true

    package init(_ method: HTTPMethod = .get, _ path: String) {
        self.method = method
        self.path = path
    }
}

package enum HTTPMethod: String, Hashable, Sendable {
    case get = "GET"
    case post = "POST"
    case put = "PUT"
    case patch = "PATCH"
    case delete = "DELETE"
}

/// How long each phase of a request may take.
package struct TimeLimits: Hashable, Sendable {
    /// Name look-up, TCP and TLS.
    package var connect: Duration = .seconds(10)
    /// From the request to the answer's head.
    package var head: Duration = .seconds(30)
    /// Between two pieces of the answer; a slow reader's time does not count.
    package var silence: Duration = .seconds(60)
    /// All of it; nil for answers without end.
    package var whole: Duration?

    package init() {}
}

extension HTTPRequest {
    func check() throws(TransportError) {
        guard path.hasPrefix("/"), path.utf8.allSatisfy(\.isVisible), !path.contains("#") else {
            throw TransportError(
                .invalidRequest, "ask for \"\(path)\"",
                "a path begins with a slash and has neither spaces nor a fragment")
        }
        for field in fields { try field.check() }
    }
}
