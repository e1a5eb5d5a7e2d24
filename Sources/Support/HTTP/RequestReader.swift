/// A request with all its fields and its body.
package struct WholeRequest: Hashable, Sendable {
    package let method: String
    /// The path and the query.
    package let target: String
    package let version: String
    /// Names in lower case.
    package let fields: [String: String]
    package internal(set) var body: [UInt8] = []
}

/// What comes on a connection is not HTTP/1.1, or more than anybody asks.
package struct MalformedRequest: Error, Hashable, Sendable {}

/// Cuts what comes on a connection into requests, one after the other.
///
/// Bodies have their length before them: those in chunks are taken for malformed.
package struct RequestReader: Sendable {
    private var bytes: [UInt8] = []
    private static let limit = 1 << 20
    private static let headEnd = Array("\r\n\r\n".utf8)

    package init() {}

    package mutating func append(_ more: Span<UInt8>) {
        for index in more.indices { bytes.append(more[index]) }
    }

    /// The next request; nil when more must come first.
    package mutating func next() throws(MalformedRequest) -> WholeRequest? {
        guard let end = headLength else {
            if bytes.count > Self.limit { throw MalformedRequest() }
            return nil
        }
        let head = String(decoding: bytes[..<end], as: UTF8.self)
        guard var request = WholeRequest(head: head), let length = request.bodyLength,
            length <= Self.limit
        else { throw MalformedRequest() }
        guard bytes.count >= end + length else { return nil }
        request.body = Array(bytes[end..<(end + length)])
        bytes.removeFirst(end + length)
        return request
    }

    /// Where the first request's body begins.
    private var headLength: Int? {
        let mark = Self.headEnd
        guard bytes.count >= mark.count else { return nil }
        return (0...(bytes.count - mark.count))
            .first { bytes[$0] == mark[0] && bytes[$0...].starts(with: mark) }
            .map { $0 + mark.count }
    }
}

extension WholeRequest {
    fileprivate init?(head: String) {
        let lines = head.split(separator: "\r\n")
        let first = lines.first?.split(separator: " ") ?? []
        guard first.count == 3 else { return nil }
        var fields: [String: String] = [:]
        for line in lines.dropFirst() {
            let parts = line.split(
                separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2 else { return nil }
            fields[parts[0].lowercased()] = String(parts[1].drop { $0 == " " })
        }
        method = String(first[0])
        target = String(first[1])
        version = String(first[2])
        self.fields = fields
    }

    /// Nil if it cannot be told.
    fileprivate var bodyLength: Int? {
        if fields["transfer-encoding"] != nil { return nil }
        guard let text = fields["content-length"] else { return 0 }
        return Int(text).flatMap { $0 >= 0 ? $0 : nil }
    }
}
