/// Something about a network of namespaces that did not become what it should.
package struct TopologyError: Error, Hashable, Sendable {
    package let host: String
    package let cause: String

    package init(_ host: String, _ cause: String) {
        self.host = host
        self.cause = cause
    }
}

extension TopologyError: CustomStringConvertible {
    package var description: String { "\(host): \(cause)" }
}
