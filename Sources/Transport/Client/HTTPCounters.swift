/// What a client has done since it was made.
package struct HTTPCounters: Hashable, Sendable {
    package internal(set) var requests = 0
    /// Bytes of bodies received.
    package internal(set) var bytes = 0
    package internal(set) var connections = 0
    package internal(set) var overHTTP1 = 0
    package internal(set) var overHTTP2 = 0
}

extension HTTPCounters {
    mutating func count(_ version: HTTPVersion) {
        switch version {
        case .http1: overHTTP1 += 1
        case .http2: overHTTP2 += 1
        }
    }
}
