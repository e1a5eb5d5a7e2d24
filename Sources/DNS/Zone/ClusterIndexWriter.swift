package import Kubernetes
import Network
package import Platform

/// Keeps the index of a cluster's names in accordance with its objects.
///
/// What an object's change costs follows the size of the service it is of.
package struct ClusterIndexWriter: ~Copyable, Sendable {
    package let index: ClusterIndex
    let settings: ClusterSettings
    var table: SharedTableWriter
    /// How many services a namespace has; it exists if it has one, too.
    private var serviceCounts: [String: Int] = [:]

    package init(
        _ settings: ClusterSettings, readers epochs: Epochs
    ) throws(PlatformError) {
        let table = try SharedTableWriter(readers: epochs)
        index = ClusterIndex(table.table)
        self.table = table
        self.settings = settings
    }
}

extension ClusterIndexWriter {
    /// Takes what changed; the serial moves if an answer did (D36).
    ///
    /// Returns how much memory waits for readers to let go of it.
    @discardableResult
    package mutating func apply(_ look: Look, at now: WallTime) -> Int {
        var changed = false
        for change in look.changes(of: Namespace.self)
        where update(namespace: change.key.name, look.snapshot) {
            changed = true
        }
        for key in services(in: look) where update(key, look.snapshot) { changed = true }
        if settings.pods == .verified {
            for change in look.changes(of: Pod.self) where update(change) { changed = true }
        }
        let isSynced = settings.kinds.allSatisfy { look.snapshot[state: $0].isSynced }
        // That there is nothing is a state with a serial, too.
        if changed || isSynced && !index.isSynced { index.moveSerial(to: now) }
        index.setSynced(isSynced)
        return table.collect()
    }

    /// Every service that something was said of.
    private func services(in look: Look) -> Set<ObjectKey> {
        var keys = Set(look.changes(of: Service.self).map(\.key))
        keys.formUnion(servicesOfNamespaces(in: look))
        guard settings.watchesEndpoints else { return keys }
        for change in look.changes(of: EndpointSlice.self) {
            if let key = change.before?.value.serviceKey { keys.insert(key) }
            if let key = change.now?.value.serviceKey { keys.insert(key) }
        }
        return keys
    }

    /// Services come and go with their namespaces' labels, which is rare: all are looked through, but
    /// only once.
    private func servicesOfNamespaces(in look: Look) -> [ObjectKey] {
        guard settings.namespaceLabels != nil else { return [] }
        let names = Set(look.changes(of: Namespace.self).map(\.key.name))
        if names.isEmpty { return [] }
        return look.snapshot.services.map(\.key).filter { names.contains($0.namespace) }
    }

    /// Brings a service's names up to date, and says whether they changed.
    private mutating func update(_ key: ObjectKey, _ snapshot: Snapshot) -> Bool {
        guard let labels = ClusterIndexWriter.labels(of: key) else { return false }
        let before = table.value(labels.span)
        let now = settings.draft(of: key, snapshot)?.encoded()
        if before == now { return false }
        updateAddresses(of: labels, before, now)
        if let now { table.put(now.span, at: labels.span) } else { table.remove(labels.span) }
        let count = (now == nil ? 0 : 1) - (before == nil ? 0 : 1)
        serviceCounts[key.namespace, default: 0] += count
        if count != 0 { _ = update(namespace: key.namespace, snapshot) }
        return true
    }

    private mutating func update(namespace: String, _ snapshot: Snapshot) -> Bool {
        if serviceCounts[namespace] == 0 { serviceCounts[namespace] = nil }
        let label = Array(namespace.lowercasedASCII.utf8)
        guard label.count <= DomainName.longestLabel else { return false }
        let key = ClusterKey.namespace(label.span)
        let exists =
            snapshot.namespaces[ObjectKey(name: namespace)] != nil
            || serviceCounts[namespace] != nil
        let isNamed = exists && settings.shows(namespace, snapshot)
        let wasNamed = table.value(key.octets) != nil
        if isNamed == wasNamed { return false }
        if isNamed { table.put(Span(), at: key.octets) } else { table.remove(key.octets) }
        return true
    }

    /// The labels of service and namespace as they are in names; nil if they cannot be in one.
    static func labels(of key: ObjectKey) -> [UInt8]? {
        let (name, namespace) = (key.name.lowercasedASCII.utf8, key.namespace.lowercasedASCII.utf8)
        let lengths = 1...DomainName.longestLabel
        guard lengths.contains(name.count), lengths.contains(namespace.count) else { return nil }
        return [UInt8(name.count)] + name + [UInt8(namespace.count)] + namespace
    }
}
