package import Network

/// An address with the interface it is reached through, which link-local ones need (RFC 4007).
package struct ScopedAddress: Hashable, Sendable {
    package var address: IPAddress
    package var scope: InterfaceName?

    package init(_ address: IPAddress, scope: InterfaceName? = nil) {
        (self.address, self.scope) = (address, scope)
    }

    /// Reads `10.0.0.1`, `fe80::1` or `fe80::1%eth0`.
    package init?(_ text: Substring) {
        let parts = text.split(separator: "%", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = parts.first, let address = IPAddress(first) else { return nil }
        self.address = address
        guard parts.count == 2 else { return }
        guard address.family == .v6, let scope = InterfaceName(parts[1]) else { return nil }
        self.scope = scope
    }
}
