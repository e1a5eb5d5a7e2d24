/// The pods and selecting services of one namespace, found through labels.
struct PodIndex {
    private var pods: [String: Pod] = [:]
    private var podsByLabel: [Labels.Label: Set<String>] = [:]
    private var selectors: [String: Labels] = [:]
    /// Services by the first label of their selectors.
    private var servicesByLabel: [Labels.Label: Set<String>] = [:]
}

extension PodIndex {
    var isEmpty: Bool { pods.isEmpty && selectors.isEmpty }

    subscript(pod name: String) -> Pod? {
        get { pods[name] }
        set {
            for label in pods[name]?.metadata.labels.all ?? [] {
                podsByLabel.remove(name, at: label)
            }
            pods[name] = newValue
            for label in newValue?.metadata.labels.all ?? [] {
                podsByLabel[label, default: []].insert(name)
            }
        }
    }

    subscript(selectorOf service: String) -> Labels? {
        get { selectors[service] }
        set {
            if let label = selectors[service]?.all.first {
                servicesByLabel.remove(service, at: label)
            }
            selectors[service] = newValue
            if let label = newValue?.all.first {
                servicesByLabel[label, default: []].insert(service)
            }
        }
    }

    /// The services that select a pod with such labels.
    func services(selecting labels: Labels) -> [String] {
        labels.all.flatMap { servicesByLabel[$0] ?? [] }.filter { service in
            selectors[service].map(labels.match) ?? false
        }
    }

    /// The pods that a selector finds, by name.
    func pods(selectedBy selector: Labels) -> [Pod] {
        let sets = selector.all.map { podsByLabel[$0] ?? [] }
        let fewest = sets.min { $0.count < $1.count } ?? []
        return fewest.sorted().compactMap { pods[$0] }.filter { $0.metadata.labels.match(selector) }
    }
}

extension Dictionary where Value == Set<String> {
    fileprivate mutating func remove(_ name: String, at key: Key) {
        self[key]?.remove(name)
        if self[key]?.isEmpty == true { self[key] = nil }
    }
}
