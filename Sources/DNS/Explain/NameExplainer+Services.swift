import Kubernetes
import Network

extension NameExplainer {
    /// A service's own name, or one below it.
    func explain(_ service: Service, below labels: [String]) -> [String] {
        let slices = snapshot.slices(of: service.key)
        let draft = ServiceDraft(service, slices, ClusterSettings(zones: [zone]))
        let endpoints = NamedEndpoint.all(of: slices)
        let subject = "service \(service.key)"
        switch draft.kind {
        case .externalName:
            let target = draft.externalName.map { "\($0)" } ?? service.spec.externalName
            return ["\(subject) is of type ExternalName: its name stands for \(target)"]
                + (labels.isEmpty ? [] : ["nothing lies below such a name"])
        case .nothing: return [nameless(service, endpoints)]
        case .clusterIP, .headless: break
        }
        switch labels.count {
        case 0: return own(service, draft, endpoints)
        case 1: return endpoint(labels[0], of: service, draft, endpoints)
        case 2: return port(labels, of: service, draft)
        default: return ["\(subject) exists, and nothing lies that far below it"]
        }
    }

    /// Why a service has no name at all.
    private func nameless(_ service: Service, _ endpoints: [NamedEndpoint]) -> String {
        let subject = "service \(service.key) exists"
        if service.spec.type == .externalName {
            return "\(subject), but its external name '\(service.spec.externalName)' is no name"
        }
        guard service.spec.isHeadless else { return "\(subject), but has no address yet" }
        return "\(subject), but has no ready endpoint: \(lack(service, endpoints))"
    }

    /// What there is in place of ready endpoints.
    private func lack(_ service: Service, _ endpoints: [NamedEndpoint]) -> String {
        if !endpoints.isEmpty { return "\(endpoints.count) not ready" }
        let selector = service.spec.selector.all.map { "\($0.key)=\($0.value)" }
        return selector.isEmpty
            ? "it has no selector, and nobody made an EndpointSlice for it"
            : "no running pod matches \(selector.joined(separator: ","))"
    }

    private func own(
        _ service: Service, _ draft: ServiceDraft, _ endpoints: [NamedEndpoint]
    ) -> [String] {
        let ready = endpoints.filter(\.isReady)
        let subject = "service \(service.key)"
        if draft.kind == .headless {
            let waiting = endpoints.count - ready.count
            let more = waiting > 0 ? ", and \(waiting) not ready" : ""
            return ["\(subject) is headless, with \(Self.count(ready))\(more)"]
                + ready.prefix(Self.mostListed).map(\.words)
                + families(ready.map(\.address), "no ready endpoint") + ports(draft)
        }
        let addresses = draft.cluster.map { "\($0)" }.joined(separator: ", ")
        let state =
            ready.isEmpty
            ? "no ready endpoint stands behind it (\(lack(service, endpoints))): connections fail"
            : "behind it: \(Self.count(ready))"
        return ["\(subject) has the address \(addresses)", state]
            + families(draft.cluster, "it has no address") + ports(draft)
    }

    private static func count(_ ready: [NamedEndpoint]) -> String {
        ready.count == 1 ? "1 ready endpoint" : "\(ready.count) ready endpoints"
    }

    /// Which of the families that are asked for there is nothing of.
    private func families(_ addresses: [IPAddress], _ lack: String) -> [String] {
        [(RecordType.a, IPFamily.v4), (.aaaa, .v6)].compactMap { type, family in
            guard types.contains(type), !addresses.contains(where: { $0.family == family }) else {
                return nil
            }
            return "\(lack) of \(family == .v4 ? "IPv4" : "IPv6"), so there is no \(type) record"
        } + strangers([.a, .aaaa, .srv])
    }

    /// Which types that are asked for a name of its kind never has.
    private func strangers(_ known: [RecordType]) -> [String] {
        let others = types.filter { !known.contains($0) && $0 != .any }.map { "\($0)" }
        if others.isEmpty { return [] }
        let all = known.map { "\($0)" }.joined(separator: ", ")
        return ["such a name has \(all), and never \(others.joined(separator: ", "))"]
    }

    private func ports(_ draft: ServiceDraft) -> [String] {
        guard types.contains(.srv) else { return [] }
        return draft.allPorts.isEmpty
            ? ["it has no port, so there is no SRV record"]
            : ["it has \(Self.list(draft.allPorts.map(\.words)))"]
    }
}

extension NameExplainer {
    private func endpoint(
        _ label: String, of service: Service, _ draft: ServiceDraft, _ endpoints: [NamedEndpoint]
    ) -> [String] {
        if let transport = TransportProtocol(nameLabel: label.utf8.span) {
            let ports = draft.allPorts.filter { $0.transport == transport && !$0.name.isEmpty }
            return ports.isEmpty
                ? ["service \(service.key) has no named port of \(transport)"]
                : ["service \(service.key) has \(Self.list(ports.map(\.words))): names below this"]
        }
        let found = endpoints.filter { $0.label == label }
        if !found.isEmpty {
            return found.prefix(Self.mostListed).map { $0.words }
                + families(found.filter(\.isReady).map(\.address), "no ready endpoint")
        }
        let names = endpoints.filter(\.isReady).map(\.label)
        return ["service \(service.key) has no endpoint named \(label)"]
            + endpoints.filter { $0.pod == label || $0.dashed == label }.prefix(1).map {
                "pod \($0.pod) with the address \($0.address) goes by \($0.label)"
            }
            + (names.isEmpty ? [] : ["it has \(Self.list(names))"])
    }

    private func port(
        _ labels: [String], of service: Service, _ draft: ServiceDraft
    ) -> [String] {
        guard let transport = TransportProtocol(nameLabel: labels[1].utf8.span),
            labels[0].hasPrefix("_")
        else {
            return ["names two levels below a service are of ports, such as _http._tcp"]
        }
        let name = String(labels[0].dropFirst())
        let named = draft.allPorts.filter { !$0.name.isEmpty }
        if let port = named.first(where: { $0.name == name && $0.transport == transport }) {
            let found = "service \(service.key) has \(port.words)"
            return types.contains(.srv) ? [found] : [found] + strangers([.srv])
        }
        let others = named.isEmpty ? "none has a name" : "it has \(Self.list(named.map(\.words)))"
        return ["service \(service.key) has no port named \(name) of \(transport); \(others)"]
    }
}

extension ServiceDraft {
    /// The ports that names are made of: the service's own, or those of its endpoints.
    fileprivate var allPorts: [Port] {
        if kind == .clusterIP { return ports }
        return groups.joined().reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }
}

extension ServiceDraft.Port {
    fileprivate var words: String {
        name.isEmpty ? "port \(number)/\(transport)" : "\(name) (\(number)/\(transport))"
    }
}
