package import Kubernetes
import NFTables
import Network

extension ProxyTasks {
    /// Which way connections go by the model, and whether the kernel agrees.
    package func explain(
        _ request: ExplainRequest, _ snapshot: Snapshot
    ) throws(ExplainError) -> [Explanation] {
        var explanations = [Explanation]()
        for family in settings.families {
            let explainer = explainer(family, snapshot)
            var some = request.connections(explainer.wanted).map(explainer.explain)
            if some.isEmpty { continue }
            check(&some, explainer)
            explanations += some
        }
        guard explanations.isEmpty else { return explanations }
        throw ExplainError(description: request.nothingFound)
    }

    private func explainer(_ family: IPFamily, _ snapshot: Snapshot) -> Explainer {
        let (wanted, networks) = wanted(family, snapshot)
        return Explainer(
            wanted: wanted, networks: networks, settings: settings,
            addresses: (try? ServiceProxy.readAddresses()) ?? [])
    }

    private func check(_ explanations: inout [Explanation], _ explainer: Explainer) {
        do throws(NFTablesError) {
            var kernel = try KernelRuleset()
            let held = try HeldTable(explainer.table, from: &kernel)
            let check = KernelCheck(held, explainer)
            for index in explanations.indices {
                explanations[index].kernel = check.finding(for: explanations[index])
            }
        } catch {
            for index in explanations.indices {
                explanations[index].kernel = .unchecked("\(error)")
            }
        }
    }
}

extension ExplainRequest {
    fileprivate var nothingFound: String {
        switch target {
        case .address(let place, _):
            "\(place): the proxy does not serve this IP version"
        case .service(let key, let port, _):
            "service \(key) has no port\(port.map { " \($0)" } ?? "") that this proxy serves"
                + (source.map { " for \($0)" } ?? "")
                + ": look with 'weft get services -n \(key.namespace)'"
        }
    }
}
