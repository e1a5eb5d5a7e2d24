/// The first line of a request, which is all that this server looks at.
package struct RequestHead: Hashable, Sendable {
    package enum Method: Hashable, Sendable {
        case get
        case head
        /// Any other, which only those that answer every request get to see.
        case other
    }

    package let method: Method
    /// The path without a query.
    package let path: String
    /// What follows the question mark.
    package let query: String

    package init(method: Method, path: String, query: String = "") {
        self.method = method
        self.path = path
        self.query = query
    }
}

extension RequestHead {
    /// What has come of a request so far.
    enum Progress: Hashable {
        /// Its head is not whole yet.
        case partial
        case whole(RequestHead)
        case refused(Response)
    }

    /// A whole head is more than this only if somebody wants to fill the memory.
    static let limit = 8 << 10

    /// Looks at what has come: a line, then fields until an empty line.
    static func progress(of bytes: [UInt8], anyMethod: Bool = false) -> Progress {
        let (newline, carriageReturn) = (UInt8(ascii: "\n"), UInt8(ascii: "\r"))
        var lineStart = 0
        var firstLine: ArraySlice<UInt8>?
        for index in bytes.indices where bytes[index] == newline {
            var line = bytes[lineStart..<index]
            if line.last == carriageReturn { line.removeLast() }
            guard let firstLine else {
                firstLine = line
                lineStart = index + 1
                continue
            }
            if line.isEmpty { return head(firstLine, anyMethod) }
            lineStart = index + 1
        }
        return bytes.count < limit ? .partial : .refused(Response(.tooLarge))
    }

    private static func head(_ line: ArraySlice<UInt8>, _ anyMethod: Bool) -> Progress {
        let words = String(decoding: line, as: UTF8.self).split(
            separator: " ", omittingEmptySubsequences: false)
        guard words.count == 3, words[2] == "HTTP/1.1" || words[2] == "HTTP/1.0",
            words[1].hasPrefix("/")
        else { return .refused(Response(.badRequest)) }
        let method = Method(words[0])
        if method == .other, !anyMethod {
            return .refused(Response(.methodNotAllowed))
        }
        let path = words[1].prefix { $0 != "?" }
        let query = words[1].dropFirst(path.count + 1)
        return .whole(
            RequestHead(method: method, path: String(path), query: String(query)))
    }
}

extension RequestHead.Method {
    fileprivate init(_ word: Substring) {
        switch word {
        case "GET": self = .get
        case "HEAD": self = .head
        default: self = .other
        }
    }
}
