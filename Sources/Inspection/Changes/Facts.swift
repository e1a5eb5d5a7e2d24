import Kubernetes

/// A kind of objects whose changes can be told in a few words.
protocol Telling: StoredObject {
    /// What people would say of the object, with a name for each: what matters for the network.
    var facts: [Fact] { get }
}

struct Fact: Hashable {
    let name: String
    let text: String

    init(_ name: String, _ text: String) {
        self.name = name
        self.text = text
    }
}

extension Service: Telling {
    var facts: [Fact] {
        [
            Fact("type", spec.type.rawValue),
            Fact("addresses", Cells.list(spec.clusterIPs.map(\.fieldText))),
            Fact("ports", portText),
            Fact("external", externalText),
            Fact("selector", Cells.labels(spec.selector)),
        ]
    }
}

extension EndpointSlice: Telling {
    var facts: [Fact] {
        [
            Fact("service", Cells.text(serviceName)),
            Fact("endpoints", "\(count([.ready])) ready"),
            Fact("not ready", "\(count([.notReady]))"),
            Fact("terminating", "\(count([.serving, .terminating]))"),
            Fact("ports", portText),
        ]
    }
}

extension Node: Telling {
    var facts: [Fact] {
        [
            Fact("status", statusText),
            Fact("addresses", Cells.list(status.addresses.map(\.address))),
            Fact("pod networks", Cells.list(spec.podCIDRs)),
        ]
    }
}

extension Pod: Telling {
    var facts: [Fact] {
        [
            Fact("status", statusText), Fact("ready", readyText),
            Fact("addresses", Cells.list(status.podIPs.map(\.ip))),
            Fact("node", Cells.text(spec.nodeName)),
        ]
    }
}

extension Namespace: Telling {
    var facts: [Fact] { [Fact("status", Cells.text(status.phase))] }
}

extension NetworkPolicy: Telling {
    var facts: [Fact] {
        [
            Fact("pods", spec.podSelector.text),
            Fact("types", Cells.list(spec.policyTypes.map(\.rawValue))),
            Fact("rules", "\(spec.ingress.count) in, \(spec.egress.count) out"),
        ]
    }
}

extension ServiceCIDR: Telling {
    var facts: [Fact] { [Fact("networks", Cells.list(spec.cidrs))] }
}
