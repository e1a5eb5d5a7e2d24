/// An object of one of the kinds, as it was at one resource version.
package protocol KubernetesObject: Message {
    static var kind: Kind { get }
    var metadata: ObjectMeta { get set }
}

extension KubernetesObject {
    package var key: ObjectKey { metadata.key }
}
