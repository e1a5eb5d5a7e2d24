import Kubernetes
import Network
import Testing

@testable import Proxy

/// Which endpoints a node in zone z1 chooses, of both lists.
@Suite struct `Choice of endpoints` {
    /// A service that uses both lists.
    private static let both = web {
        $0.spec.internalTrafficPolicy = .local
        $0.spec.ports[0].nodePort = 30_080
    }

    @Test(
        arguments: [
            ("1 ready, 2 ready here", "1 2", "2"),
            // Zones.
            ("1 zone:z1, 2 zone:z2", "1", ""),
            ("1 zone:z1, 2", "1 2", ""),
            ("1 zone:z2, 2 zone:z3", "1 2", ""),
            ("1 zone:z2 zone:z1, 2 zone:z2", "1", ""),
            // Nodes, which come first.
            ("1 node:n1, 2 node:n2", "1", ""),
            ("1 node:n2 node:n1, 2 node:n2", "1", ""),
            ("1 node:n1, 2", "1 2", ""),
            ("1 node:n1 zone:z2, 2 node:n2 zone:z1", "1", ""),
            ("1 node:n1 zone:z2, 2 zone:z1", "2", ""),
            ("1 node:n2 zone:z1, 2 node:n2 zone:z2", "1", ""),
            ("1 node:n2, 2 node:n3", "1 2", ""),
            // Hints of what is not ready do not count.
            ("1 zone:z1, 2 zone:z2, 3 unready, 4 serving", "1", ""),
            ("1 unready zone:z1, 2 zone:z2", "2", ""),
            ("1 serving node:n1, 2 node:n2", "2", ""),
        ])
    func `S30 S31 hints choose among ready endpoints, if all have them`(
        endpoints: String, cluster: String, local: String
    ) { check(endpoints, cluster, local) }

    @Test(
        arguments: [
            ("1 here zone:z2, 2 there zone:z1", "2", "1"),
            ("1 serving zone:z2, 2 serving here zone:z1, 3 ending", "1 2", "2"),
            ("1 there, 2 serving here", "1", "2"),
            ("1 here, 2 serving here", "1", "1"),
            ("1 serving there, 2 unready here", "1", ""),
            ("1 unready here, 2 ending here", "", ""),
        ])
    func `S32 S33 S34 S36 local endpoints know no hints, and terminating ones are the last resort`(
        endpoints: String, cluster: String, local: String
    ) { check(endpoints, cluster, local) }

    private func check(_ endpoints: String, _ cluster: String, _ local: String) {
        let port = meaning(Self.both, [slice(endpoints.split(separator: ",").map(String.init))])
            .ports[0]
        #expect(port.cluster.numbers == cluster)
        #expect(port.local.numbers == local)
        #expect(port.hasEndpoints == !cluster.isEmpty)
    }

    @Test func `S30 a node without a zone follows no hints of zones`() {
        let slices = [slice(["1 zone:z1", "2 zone:z2"])]
        let port = meaning(web(), slices, on: NodeView(name: "n1")).ports[0]
        #expect(port.cluster.numbers == "1 2")
    }

    @Test func `S37 what any route leads to is there once`() {
        let port = meaning(
            Self.both, [slice(["1 there zone:z1", "2 here zone:z2", "3 here zone:z1"])]
        ).ports[0]
        #expect(port.cluster.numbers == "1 3")
        #expect(port.local.numbers == "2 3")
        #expect(port.backends.numbers == "1 3 2")
    }
}
