import Kubernetes
import Platform

/// An item that is not what it was.
struct ItemChange {
    let type: ChangeType
    /// As it was last where it was deleted.
    let item: Item
}

/// The API's words for changes.
enum ChangeType: String {
    case added = "ADDED"
    case modified = "MODIFIED"
    case deleted = "DELETED"

    init<Object: KubernetesObject>(_ change: Change<Object>) {
        self = change.now == nil ? .deleted : change.before == nil ? .added : .modified
    }
}

extension View {
    func columns(isWide: Bool) -> [Column] {
        switch self {
        case .services: Service.columns
        case .endpoints: isWide ? ServiceEndpoints.wideColumns : ServiceEndpoints.columns
        case .endpointSlices: EndpointSlice.columns
        case .nodes: Node.columns
        case .pods: Pod.columns
        case .namespaces: Namespace.columns
        case .networkPolicies: NetworkPolicy.columns
        case .serviceCIDRs: ServiceCIDR.columns
        }
    }

    /// All there is, in order of namespaces and names.
    func items(of snapshot: Snapshot, isWide: Bool, at now: WallTime) -> [Item] {
        func all<Object: Tabled>(_ type: Object.Type) -> [Item] {
            snapshot.objects(of: type).map { Item($0.value.value, at: now) }
        }
        let items =
            switch self {
            case .services: all(Service.self)
            case .endpoints: endpointItems(of: snapshot, isWide: isWide, at: now)
            case .endpointSlices: all(EndpointSlice.self)
            case .nodes: all(Node.self)
            case .pods: all(Pod.self)
            case .namespaces: all(Namespace.self)
            case .networkPolicies: all(NetworkPolicy.self)
            case .serviceCIDRs: all(ServiceCIDR.self)
            }
        return items.sorted { $0.key < $1.key }
    }

    private func endpointItems(
        of snapshot: Snapshot, isWide: Bool, at now: WallTime
    ) -> [Item] {
        let named = Set(snapshot.services.map(\.key))
        let sliced = Set(snapshot.endpointSlices.compactMap { $0.value.value.serviceKey })
        return named.union(sliced).map { ServiceEndpoints($0, in: snapshot) }
            .filter(\.exists).map { Item($0, isWide: isWide, at: now) }
    }
}

extension View {
    /// What changed between the last look and this one.
    func changes(in look: Look, isWide: Bool, at now: WallTime) -> [ItemChange] {
        func all<Object: Tabled>(_ type: Object.Type) -> [ItemChange] {
            look.changes(of: type).compactMap { change in
                (change.now ?? change.before).map {
                    ItemChange(type: ChangeType(change), item: Item($0.value, at: now))
                }
            }
        }
        let changes =
            switch self {
            case .services: all(Service.self)
            case .endpoints: endpointChanges(in: look, isWide: isWide, at: now)
            case .endpointSlices: all(EndpointSlice.self)
            case .nodes: all(Node.self)
            case .pods: all(Pod.self)
            case .namespaces: all(Namespace.self)
            case .networkPolicies: all(NetworkPolicy.self)
            case .serviceCIDRs: all(ServiceCIDR.self)
            }
        return changes.sorted { $0.item.key < $1.item.key }
    }

    /// Services that changed, and those whose slices did; what is gone shows no endpoints.
    private func endpointChanges(
        in look: Look, isWide: Bool, at now: WallTime
    ) -> [ItemChange] {
        let slices = look.changes(of: EndpointSlice.self).flatMap { change in
            [change.before, change.now].compactMap { $0?.value.serviceKey }
        }
        let services = look.changes(of: Service.self).map(\.key)
        return Set(slices + services).map { key in
            let endpoints = ServiceEndpoints(key, in: look.snapshot)
            return ItemChange(
                type: endpoints.exists ? .modified : .deleted,
                item: Item(endpoints, isWide: isWide, at: now))
        }
    }
}
