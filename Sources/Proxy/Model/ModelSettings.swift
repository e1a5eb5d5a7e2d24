/// What the meaning of services depends on of the proxy's configuration.
package struct ModelSettings: Hashable, Sendable {
    /// Whether `spec.externalIPs` lead anywhere (S22).
    package var allowsExternalIPs: Bool

    package init(allowsExternalIPs: Bool = true) {
        self.allowsExternalIPs = allowsExternalIPs
    }
}
