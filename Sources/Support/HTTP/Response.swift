/// What a request is answered with.
package struct Response: Hashable, Sendable {
    package enum Status: Int, Hashable, Sendable {
        case success = 200
        case badRequest = 400
        case notFound = 404
        case methodNotAllowed = 405
        case tooLarge = 431
        case unavailable = 503

        var phrase: String {
            switch self {
            case .success: "OK"
            case .badRequest: "Bad Request"
            case .notFound: "Not Found"
            case .methodNotAllowed: "Method Not Allowed"
            case .tooLarge: "Request Header Fields Too Large"
            case .unavailable: "Service Unavailable"
            }
        }
    }

    package let status: Status
    package let contentType: String
    package let body: String
    /// Further header fields.
    package let fields: [Field]

    package struct Field: Hashable, Sendable {
        package let name: String
        package let value: String

        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    package init(
        _ body: String, status: Status = .success,
        contentType: String = "text/plain; charset=utf-8", _ fields: Field...
    ) {
        self.status = status
        self.contentType = contentType
        self.body = body
        self.fields = fields
    }

    /// An answer that says no more than its status.
    package init(_ status: Status) { self.init("\(status.phrase)\n", status: status) }
}

extension Response {
    /// The bytes of the answer; every one ends its connection.
    func bytes(to method: RequestHead.Method?) -> [UInt8] {
        let allowed = status == .methodNotAllowed ? [Field("Allow", "GET, HEAD")] : []
        let further = (fields + allowed).map { "\($0.name): \($0.value)\r\n" }.joined()
        let head = """
            HTTP/1.1 \(status.rawValue) \(status.phrase)\r
            Content-Type: \(contentType)\r
            Content-Length: \(body.utf8.count)\r
            \(further)Connection: close\r
            \r

            """
        return Array(head.utf8) + (method == .head ? [] : Array(body.utf8))
    }
}
