import NFTables
import Network

// Source ranges guard addresses of load balancers (S57). Ports with the same ranges share a chain.

extension ProxyTable {
    static let guardPrefix = "guard-"

    static func guardChain(_ number: UInt32) -> String { "\(guardPrefix)\(number)" }

    static func guardNumber(ofChain name: String) -> UInt32? {
        name.hasPrefix(guardPrefix) ? UInt32(name.dropFirst(guardPrefix.count)) : nil
    }

    /// Comes back for whom the ranges allow and drops everybody else.
    func guardRules(_ ranges: [CIDR]) -> [[Expression]] {
        ranges.map { isFrom($0) + [.return] } + [[.drop]]
    }

    /// `ip saddr 10.0.0.0/8`, as nft writes it.
    private func isFrom(_ network: CIDR) -> [Expression] {
        let length = UInt32(network.prefixLength)
        let first = Value(network.first)
        guard length % 8 == 0, length > 0 else {
            return [
                .load(source), .mask(Value(network.netmask)), .compare(.equal, first),
            ]
        }
        let bytes = first.bytes.extracting(first: Int(length / 8))
        return [.load(source.prefix(length / 8)), .compare(.equal, Value(bytes: bytes))]
    }
}
