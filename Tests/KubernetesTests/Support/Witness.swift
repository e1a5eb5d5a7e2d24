@testable import Kubernetes

/// A consumer that remembers all it was told.
struct Witness {
    private let subscription: Subscription
    private var newest: [String: Int] = [:]
    private var gone: Set<UID> = []
    private(set) var names: Set<String> = []
    private(set) var mistakes: [String] = []

    init(_ store: ObjectStore) { subscription = store.subscribe(to: [.service]) {} }

    mutating func look() {
        for change in subscription.look().changes(of: Service.self) {
            if let before = change.before, change.now == nil || change.isReplacement {
                gone.insert(before.value.metadata.uid)
            }
            guard let now = change.now?.value.metadata else {
                names.remove(change.key.name)
                continue
            }
            names.insert(now.name)
            let version = Int(now.resourceVersion) ?? 0
            if version <= newest[now.name] ?? 0 { mistakes.append("\(now.name) went back") }
            if gone.contains(now.uid) { mistakes.append("\(now.name) came back to life") }
            newest[now.name] = version
        }
    }
}
