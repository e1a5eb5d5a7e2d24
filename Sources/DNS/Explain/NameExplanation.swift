package import Kubernetes
import Network

/// Which objects of a cluster give a name its records, or why it has none.
package struct NameExplanation: Hashable, Sendable {
    /// A sentence each.
    package let lines: [String]

    /// Nil for a name that is not of the cluster: outside of its zone, and no address's name.
    package init?(
        _ name: DomainName, _ types: [RecordType], _ snapshot: Snapshot, zone: DomainName
    ) {
        let explainer = NameExplainer(snapshot: snapshot, types: types, zone: zone)
        if name.isWithin(zone) {
            lines = explainer.forward(name.words.dropLast(zone.labelCount))
        } else if name.isReverse {
            lines = explainer.reverse(name)
        } else {
            return nil
        }
    }

    /// The objects that have to be known; none for a name that is not of the cluster.
    package static func kinds(_ name: DomainName, zone: DomainName) -> Set<Kind> {
        guard name.isWithin(zone) else { return name.isReverse ? [.service, .endpointSlice] : [] }
        let isPods = name.words.dropLast(zone.labelCount).last == "pod"
        return isPods ? [.namespace, .service, .pod] : [.namespace, .service, .endpointSlice]
    }
}

/// Looks at the objects as the server does, and says what it sees.
struct NameExplainer {
    let snapshot: Snapshot
    let types: [RecordType]
    let zone: DomainName

    /// Lists get no longer.
    static let mostListed = 8
}

extension NameExplainer {
    /// A name in the zone, by its labels before those of the zone.
    func forward(_ labels: ArraySlice<String>) -> [String] {
        guard let branch = labels.last else {
            return ["\(zone) is the cluster's zone itself: it has a SOA and NS records"]
        }
        switch branch {
        case "svc": return services(labels.dropLast())
        case "pod": return pods(labels.dropLast())
        case "dns": return ["names below dns.\(zone) are those of the server itself"]
        case "dns-version" where labels.count == 1:
            return ["it has a TXT record: the version of the specification that names keep to"]
        default:
            return ["'\(branch)' is none of svc, pod and dns, below which all names of \(zone) lie"]
                + guess(labels)
        }
    }

    /// People forget the svc between namespace and zone.
    private func guess(_ labels: ArraySlice<String>) -> [String] {
        guard labels.count == 2, let namespace = labels.last, let name = labels.first,
            snapshot.services[ObjectKey(namespace: namespace, name: name)] != nil
        else { return [] }
        return ["service \(namespace)/\(name) is \(name).\(namespace).svc.\(zone)"]
    }

    private func services(_ labels: ArraySlice<String>) -> [String] {
        guard let namespace = labels.last else {
            return ["svc.\(zone) has no records itself: services lie below it"]
        }
        let name = labels.dropLast().last
        guard exists(namespace) else {
            return ["namespace \(namespace) does not exist"] + elsewhere(name, than: namespace)
        }
        guard let name else {
            return ["namespace \(namespace) exists, and its own name has no records"]
        }
        let key = ObjectKey(namespace: namespace, name: name)
        guard let service = snapshot.services[key]?.value else {
            return ["service \(key) does not exist"] + elsewhere(name, than: namespace)
        }
        return explain(service, below: Array(labels.dropLast(2)))
    }

    /// Whether there is the namespace itself, or a service in it, which is enough for a name.
    func exists(_ namespace: String) -> Bool {
        snapshot.namespaces[ObjectKey(name: namespace)] != nil
            || snapshot.services.contains { $0.key.namespace == namespace }
    }

    private func elsewhere(_ name: String?, than namespace: String) -> [String] {
        guard let name else { return [] }
        let others = snapshot.services.map(\.key)
            .filter { $0.name == name && $0.namespace != namespace }.sorted()
        return others.isEmpty ? [] : ["there is service \(Self.list(others.map { "\($0)" }))"]
    }

    /// Some of the words, and how many more there are.
    static func list(_ words: [String]) -> String {
        let more = words.count - mostListed
        return words.prefix(mostListed).joined(separator: ", ")
            + (more > 0 ? " and \(more) more" : "")
    }
}

extension DomainName {
    /// The labels in lower case, for comparison with names of objects.
    fileprivate var words: [String] {
        lowercased.labels.map { String(decoding: $0, as: UTF8.self) }
    }
}
