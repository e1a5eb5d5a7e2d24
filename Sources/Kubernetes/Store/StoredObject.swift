/// An object of a kind that has a place in snapshots.
package protocol StoredObject: KubernetesObject {
    static var place: WritableKeyPath<Snapshot, ObjectMap<Self>> { get }

    /// Brings what else a snapshot says in accordance with a changed object.
    static func index(_ before: Shared<Self>?, _ now: Shared<Self>?, in snapshot: inout Snapshot)
}

extension StoredObject {
    package static func index(
        _ before: Shared<Self>?, _ now: Shared<Self>?, in snapshot: inout Snapshot
    ) {}
}

extension Service: StoredObject {
    package static var place: WritableKeyPath<Snapshot, ObjectMap<Self>> { \.services }
}

extension EndpointSlice: StoredObject {
    package static var place: WritableKeyPath<Snapshot, ObjectMap<Self>> { \.endpointSlices }

    package static func index(
        _ before: Shared<Self>?, _ now: Shared<Self>?, in snapshot: inout Snapshot
    ) { snapshot.replaceSlice(before, by: now) }
}

extension Node: StoredObject {
    package static var place: WritableKeyPath<Snapshot, ObjectMap<Self>> { \.nodes }
}

extension Pod: StoredObject {
    package static var place: WritableKeyPath<Snapshot, ObjectMap<Self>> { \.pods }
}

extension Namespace: StoredObject {
    package static var place: WritableKeyPath<Snapshot, ObjectMap<Self>> { \.namespaces }
}

extension NetworkPolicy: StoredObject {
    package static var place: WritableKeyPath<Snapshot, ObjectMap<Self>> { \.networkPolicies }
}

extension ServiceCIDR: StoredObject {
    package static var place: WritableKeyPath<Snapshot, ObjectMap<Self>> { \.serviceCIDRs }
}
