/// What tells an object from all others, of every kind.
package struct ObjectID: Hashable, Sendable {
    package let kind: Kind
    package let key: ObjectKey

    package init(_ kind: Kind, _ key: ObjectKey) {
        self.kind = kind
        self.key = key
    }
}

extension ObjectID: CustomStringConvertible {
    package var description: String { "\(kind.name) \(key)" }
}

extension StoredObject {
    package var id: ObjectID { ObjectID(Self.kind, key) }

    func isEqual(to other: any StoredObject) -> Bool { (other as? Self) == self }
}

extension Kind {
    /// The type that holds objects of the kind.
    package var type: any StoredObject.Type {
        switch self {
        case .service: Service.self
        case .endpointSlice: EndpointSlice.self
        case .node: Node.self
        case .pod: Pod.self
        case .namespace: Namespace.self
        case .networkPolicy: NetworkPolicy.self
        case .serviceCIDR: ServiceCIDR.self
        }
    }

    init?(named name: String) {
        guard let kind = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = kind
    }
}
