package import Network
package import Support

/// A server to ask.
package struct DigServer: Hashable, Sendable {
    package var address: ScopedAddress
    package var port: Port

    /// Where servers of DNS are.
    package static let standardPort = Port(53)

    package init(_ address: ScopedAddress, _ port: Port = standardPort) {
        self.address = address
        self.port = port
    }

    /// Reads `10.0.0.10`, `10.0.0.10:53`, `fd00::a`, `fe80::1%eth0` or `[fd00::a]:53`.
    package init(_ text: Substring) throws(UsageError) {
        if let plain = ScopedAddress(text) {
            self.init(plain)
            return
        }
        if let whole = AddressAndPort(text), whole.port.rawValue > 0 {
            self.init(ScopedAddress(whole.address), whole.port)
            return
        }
        // An address with its interface in brackets.
        let parts = text.dropFirst().split(separator: "]", omittingEmptySubsequences: false)
        guard text.hasPrefix("["), parts.count == 2, let address = ScopedAddress(parts[0]),
            address.address.family == .v6
        else { throw Self.error(text) }
        if parts[1].isEmpty {
            self.init(address)
        } else {
            guard parts[1].hasPrefix(":"), let port = UInt16(parts[1].dropFirst()), port > 0 else {
                throw Self.error(text)
            }
            self.init(address, Port(port))
        }
    }

    private static func error(_ text: Substring) -> UsageError {
        UsageError(
            "@ stands before a server's address, such as @10.96.0.10, @10.96.0.10:5353 or "
                + "@[fd00::a]:53, not '\(text)'")
    }
}

extension DigServer: CustomStringConvertible {
    package var description: String {
        let scope = address.scope.map { "%\($0)" } ?? ""
        return address.address.family == .v6
            ? "[\(address.address)\(scope)]:\(port)" : "\(address.address):\(port)"
    }
}
