package import Platform

/// A namespace as a request names it: by the number of an open descriptor.
///
/// It does not keep the namespace open: the value it was made from must live until the request
/// has been sent.
package struct NamespaceReference: Hashable, Sendable {
    let descriptor: UInt32

    package init(_ namespace: borrowing NetworkNamespace) {
        descriptor = UInt32(bitPattern: namespace.descriptor.rawValue)
    }
}
