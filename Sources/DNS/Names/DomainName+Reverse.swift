package import Network

extension DomainName {
    /// The name at which an address's names are asked for (RFC 1035 section 3.5, RFC 3596).
    package init(reversing address: IPAddress) {
        let octets = address.wireOctets.reversed()
        let labels: [String] =
            switch address.family {
            case .v4: octets.map { "\($0)" } + ["in-addr"]
            case .v6: octets.flatMap { [$0 & 0xf, $0 >> 4] }.map(Self.digit) + ["ip6"]
            }
        self.init(
            unchecked: (labels + ["arpa"]).flatMap { [UInt8($0.utf8.count)] + $0.utf8 } + [0])
    }

    private static func digit(_ value: UInt8) -> String { String(value, radix: 16) }
}
