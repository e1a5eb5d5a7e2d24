import Kubernetes
import Network

@testable import Proxy

/// Service ports for tests, each with an address of its own.
struct TestPort {
    let family: IPFamily

    func key(_ number: Int) -> ObjectKey { ObjectKey(namespace: "test", name: "s\(number)") }

    /// The service of a number with backends of those numbers.
    func meaning(_ number: Int, _ backends: [Int], local: Set<Int> = []) -> PortMeaning {
        let name = ServicePortName(key(number), port: "http", .tcp)
        var meaning = PortMeaning(name, port: 80, clusterAddress: address(96, number))
        meaning.cluster = backends.map { backend($0, isLocal: local.contains($0)) }
        meaning.local = meaning.cluster.filter(\.isLocal)
        meaning.hasEndpoints = !backends.isEmpty
        return meaning
    }

    func backend(_ number: Int, isLocal: Bool = false) -> Backend {
        Backend(address(200, number), port: 8080, isLocal: isLocal)
    }

    func address(_ net: UInt8, _ number: Int) -> IPAddress {
        switch family {
        case .v4:
            .v4(
                IPv4Address(
                    10, net, UInt8(truncatingIfNeeded: number >> 8),
                    UInt8(truncatingIfNeeded: number)))
        case .v6: .v6(IPv6Address(high: 0xFD00 << 48 | UInt64(net), low: UInt64(number)))
        }
    }
}
