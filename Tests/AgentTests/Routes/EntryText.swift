import Network

@testable import Agent

extension NetworkState {
    /// One line an entry, in order.
    var lines: [String] { map { text($0.key, $0.value) }.sorted() }
}

/// An entry in the words of `ip`, with tunnels by their families and links by their numbers.
func text(_ key: EntryKey, _ value: EntryValue) -> String {
    switch (key, value) {
    case (.route(let network, _), .direct(let gateway, let link)):
        "\(network) via \(gateway) on \(link)"
    case (.route(let network, _), .tunnelled(let gateway, let tunnel)):
        "\(network) via \(gateway) over \(tunnel)"
    case (.route(let network, let metric), .blackhole): "blackhole \(network) metric \(metric)"
    case (.neighbour(let address, let tunnel), .neighbour(let end)):
        "\(address) is \(end) over \(tunnel)"
    case (.forwarding(let end, let tunnel), .remote(let remote)):
        "\(end) at \(remote) over \(tunnel)"
    default: "\(key): \(value)"
    }
}

/// A node by its name, the networks of its pods and its addresses.
func clusterNode(_ name: String, _ networks: [String], _ addresses: [String]) -> ClusterNode {
    let addresses = addresses.compactMap { IPAddress($0) }
    return ClusterNode(
        name: name, networks: networks.compactMap { CIDR($0) },
        addresses: Dictionary(addresses.map { ($0.family, $0) }) { first, _ in first })
}
