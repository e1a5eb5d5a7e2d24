/// An object of one of the kinds, as it was at one resource version.
package protocol KubernetesObject: Message {
    static var kind: Kind { get }
    var metadata: ObjectMeta { get set }

    /// Forgets what is of no use.
    mutating func keep(for use: ObjectUse)
}

extension KubernetesObject {
    package var key: ObjectKey { metadata.key }
}
