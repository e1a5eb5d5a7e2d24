package import Network

/// Where questions are taken, and in which form.
package struct ListeningPoint: Hashable, Sendable {
    package var address: AddressAndPort
    package var scheme: ServerKey.Scheme

    package init(_ address: AddressAndPort, _ scheme: ServerKey.Scheme = .dns) {
        self.address = address
        self.scheme = scheme
    }
}

extension ListeningPoint: CustomStringConvertible {
    package var description: String { "\(scheme.rawValue)://\(address)" }
}
