import Kubernetes
import Network
import Testing

@testable import Proxy

@Suite struct `The order of services at a start` {
    private let port = TestPort(family: .v4)

    private func services(_ count: Int) -> [ObjectKey: [PortMeaning]] {
        Dictionary(
            uniqueKeysWithValues: (0..<count).map { (port.key($0), [port.meaning($0, [1])]) })
    }

    @Test func `is the API server and DNS, what runs on the node, and the rest`() {
        var services = services(3)
        services[port.key(1)] = [port.meaning(1, [1, 2], local: [2])]
        let api = ObjectKey(namespace: "default", name: "kubernetes")
        let dns = ObjectKey(namespace: "kube-system", name: "kube-dns")
        let metrics = ObjectKey(namespace: "kube-system", name: "metrics")
        for (key, number) in [(api, 443), (dns, 53), (metrics, 9090)] as [(ObjectKey, UInt16)] {
            var meaning = port.meaning(Int(number), [7])
            meaning.port = number
            services[key] = [meaning]
        }
        let groups = StartOrder.groups(services)
        #expect(groups == [[api, dns], [port.key(1)], [metrics, port.key(0), port.key(2)]])
    }

    @Test func `has no more services in a group than others can wait for`() {
        let groups = StartOrder.groups(services(10_000))
        #expect(groups.map(\.count) == [4096, 4096, 1808])
        #expect(Set(groups.joined()).count == 10_000)
        #expect(StartOrder.groups([:]).isEmpty)
    }
}
