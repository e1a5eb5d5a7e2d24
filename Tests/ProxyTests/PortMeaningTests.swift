import Kubernetes
import Network
import Testing

@testable import Proxy

@Suite struct `What becomes of connections without a backend` {
    static let backend = Backend(.v4(IPv4Address(10, 0, 0, 1)), port: 80, isLocal: false)

    @Test(
        arguments: [
            (hasEndpoints: false, cluster: [], route: PortMeaning.Route.cluster, fate: .reject),
            (false, [], .local, .reject),
            (true, [backend], .local, .drop),
            (true, [backend], .cluster, .balance),
            (true, [], .cluster, .drop),
        ] as [(Bool, [Backend], PortMeaning.Route, PortMeaning.Fate)])
    func `S60 S61 no endpoint at all is refused, none for the policy is dropped`(
        hasEndpoints: Bool, cluster: [Backend], route: PortMeaning.Route, fate: PortMeaning.Fate
    ) throws {
        let name = ServicePortName(
            ObjectKey(namespace: "default", name: "web"), port: "", .tcp)
        var meaning = PortMeaning(
            name, port: 80, clusterAddress: try #require(IPAddress("10.96.0.1")))
        meaning.hasEndpoints = hasEndpoints
        meaning.cluster = cluster
        #expect(meaning.fate(of: route) == fate)
    }
}
