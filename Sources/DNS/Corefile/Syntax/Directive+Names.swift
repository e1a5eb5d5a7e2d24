package import Network

extension Directive {
    func domain(_ word: Word) throws(CorefileError) -> DomainName {
        do throws(DNSError) {
            return try DomainName(word.text).lowercased
        } catch {
            throw unsuitable(word, "\(error.cause): write a domain such as example.org")
        }
    }

    /// The zones of some values: each a domain, or a network for its reverse zones.
    func zones(_ words: some Sequence<Word>) throws(CorefileError) -> [DomainName] {
        var zones: [DomainName] = []
        for word in words {
            for zone in try self.zones(word) where !zones.contains(zone) { zones.append(zone) }
        }
        return zones
    }

    /// The zones of some values, or those that the block is for.
    func zones(
        _ words: some Collection<Word>, or context: BlockContext
    ) throws(CorefileError) -> [DomainName] {
        try words.isEmpty ? context.zones : zones(words)
    }

    private func zones(_ word: Word) throws(CorefileError) -> [DomainName] {
        // A scheme and a port are for servers, but CoreDNS lets them stand here too.
        let key = try ServerKeyText(word, owner: owner)
        return key.zones
    }

    func address(_ word: Word) throws(CorefileError) -> IPAddress {
        guard let address = IPAddress(word.text) else {
            throw unsuitable(word, "write an address such as 10.0.0.1 or fd00::1")
        }
        return address
    }

    /// A network, or an address for the network of it alone.
    func network(_ word: Word) throws(CorefileError) -> CIDR {
        if let address = IPAddress(word.text) { return CIDR(address) }
        guard let network = CIDR(word.text)?.network else {
            throw unsuitable(word, "write a network such as 10.0.0.0/8 or fd00::/8")
        }
        return network
    }
}

extension CIDR {
    /// The zones that hold the names of the network's addresses (RFC 1035, RFC 3596).
    ///
    /// A prefix that ends within an octet, or a nibble of IPv6, makes several.
    package var reverseZones: [DomainName] {
        let bits: UInt8 = family == .v4 ? 8 : 4
        let rounded = (prefixLength + bits - 1) / bits * bits
        return subnets(prefixLength: rounded).map(\.reverseZone)
    }

    /// The zone of a network whose prefix ends at a label.
    private var reverseZone: DomainName {
        let labels: [String] =
            switch network.address {
            case .v4(let address):
                (0..<Int(prefixLength / 8)).map { "\(address.octets[$0])" }
            case .v6(let address):
                (0..<Int(prefixLength / 4)).map {
                    String(address.octets[$0 / 2] >> ($0 % 2 == 0 ? 4 : 0) & 0xf, radix: 16)
                }
            }
        return labels.reduce(family == .v4 ? .reverseIPv4 : .reverseIPv6) { zone, label in
            // Never too long: at most 32 labels of one byte, or four of three.
            zone.prefixed(label.utf8) ?? zone
        }
    }
}

extension DomainName {
    package static let reverseIPv4 = DomainName(unchecked: Array("\u{7}in-addr\u{4}arpa\0".utf8))
    package static let reverseIPv6 = DomainName(unchecked: Array("\u{3}ip6\u{4}arpa\0".utf8))

    /// Whether it is for the names of addresses.
    package var isReverse: Bool { isWithin(.reverseIPv4) || isWithin(.reverseIPv6) }
}
