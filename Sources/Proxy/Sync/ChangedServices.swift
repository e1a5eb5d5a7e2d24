import Kubernetes

/// The services that a look shows to have changed, in themselves or in their endpoints.
struct ChangedServices {
    private(set) var keys: Set<ObjectKey> = []

    init(_ look: Look) {
        for change in look.changes(of: Service.self) { keys.insert(change.key) }
        for change in look.changes(of: EndpointSlice.self) {
            for slice in [change.before, change.now] {
                if let key = slice?.value.serviceKey { keys.insert(key) }
            }
        }
    }
}

extension Snapshot {
    var serviceKeys: [ObjectKey] { services.map(\.key) }
}
