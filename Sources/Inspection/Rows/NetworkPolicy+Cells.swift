import Kubernetes
import Platform

extension NetworkPolicy: Tabled {
    static let columns: [Column] = ["NAME", "POD-SELECTOR", "AGE", .wide("POLICY-TYPES")]

    func cells(at now: WallTime) -> [String] {
        [
            metadata.name, spec.podSelector.text, Cells.age(metadata, at: now),
            Cells.list(spec.policyTypes.map(\.rawValue)),
        ]
    }
}

extension LabelSelector {
    /// As `kubectl -l` would take it; `<none>` for one that takes everything.
    var text: String {
        Cells.list(matchLabels.all.map { "\($0.key)=\($0.value)" } + matchExpressions.map(\.text))
    }
}

extension LabelSelector.Requirement {
    fileprivate var text: String {
        let list = "(\(values.joined(separator: ",")))"
        return switch relation {
        case .among: "\(key) in \(list)"
        case .notAmong: "\(key) notin \(list)"
        case .exists: key
        case .doesNotExist: "!\(key)"
        }
    }
}
