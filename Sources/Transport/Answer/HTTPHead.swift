/// The beginning of an answer.
package struct HTTPHead: Hashable, Sendable {
    package var status: Int
    package var version: HTTPVersion
    package var fields: [HTTPField]

    package init(status: Int, version: HTTPVersion, fields: [HTTPField]) {
        self.status = status
        self.version = version
        self.fields = fields
    }

    /// The first value of a header, whatever the case of its name.
    package subscript(name: String) -> String? {
        fields.first { $0.name.lowercased() == name.lowercased() }?.value
    }
}

package enum HTTPVersion: Hashable, Sendable {
    case http1
    case http2
}

/// Names a request that was started, for as long as its client lives.
package struct TransferID: RawRepresentable, Hashable, Sendable {
    package let rawValue: UInt64

    package init(rawValue: UInt64) { self.rawValue = rawValue }
}

/// What has happened to a request; the last is either `ended` or `failed`.
package enum HTTPEvent: Hashable, Sendable {
    case head(TransferID, HTTPHead)
    /// There are bytes to be read; said once until they are.
    case body(TransferID)
    /// All of the answer has come and was read.
    case ended(TransferID)
    case failed(TransferID, TransportError)
}
