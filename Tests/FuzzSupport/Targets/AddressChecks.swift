import Network

typealias Printable = TextParsable & Equatable & CustomStringConvertible

extension FuzzTargets {
    /// Checks that what a parser accepts is printed as text that it reads as the same value.
    static func checkRoundTrip<Value: Printable>(_: Value.Type) -> @Sendable ([UInt8]) -> Void {
        { bytes in _ = parsed(Value.self, bytes) }
    }

    private static func parsed<Value: Printable>(_: Value.Type, _ bytes: [UInt8]) -> Value? {
        checkValidation(Value.self, bytes)
        guard let value = Value(utf8: bytes.span) else { return nil }
        let text = value.description
        guard let again = Value(text) else { preconditionFailure("\(text) is not read again") }
        precondition(again == value, "\(text) is read as \(again)")
        precondition(again.description == text, "\(text) is printed as \(again)")
        return value
    }

    /// Checks that validation accepts only what parsing does, and can say what it refuses.
    private static func checkValidation<Value: Printable>(_: Value.Type, _ bytes: [UInt8]) {
        let text = String(decoding: bytes, as: UTF8.self)
        do throws(NetworkError) {
            let value = try Value(validating: text)
            precondition(Value(text) == value, "\(text) is validated but not parsed")
        } catch {
            precondition(error.description.utf8.count > text.utf8.count, "no advice on \(text)")
        }
    }

    static func checkIPv4(_ bytes: [UInt8]) {
        let address = parsed(IPv4Address.self, bytes)
        precondition(address == AddressReference.ipv4(bytes), "inet_pton differs: \(bytes)")
        guard let address else { return }
        precondition(address.description == AddressReference.text(address), "inet_ntop differs")
        precondition(IPv4Address(octets: address.octets.span) == address)
    }

    static func checkIPv6(_ bytes: [UInt8]) {
        let address = parsed(IPv6Address.self, bytes)
        precondition(address == AddressReference.ipv6(bytes), "inet_pton differs: \(bytes)")
        guard let address else { return }
        precondition(address.description == AddressReference.text(address), "inet_ntop differs")
        precondition(IPv6Address(octets: address.octets.span) == address)
    }

    /// Checks too that stored objects are read as new ones where both readings exist.
    static func checkIP(_ bytes: [UInt8]) {
        let legacy = IPAddress(legacy: bytes.span)
        guard let address = parsed(IPAddress.self, bytes) else { return }
        precondition(legacy == address.unmapped, "\(address) is \(legacy as Any) in old objects")
    }

    static func checkCIDR(_ bytes: [UInt8]) {
        let legacy = CIDR(legacy: bytes.span)
        guard let cidr = parsed(CIDR.self, bytes) else { return }
        precondition(legacy != nil, "\(cidr) is refused in old objects")
        let network = cidr.network
        precondition(network.isNetwork && network.contains(cidr) && cidr.contains(network))
        precondition(cidr.contains(cidr.first) && cidr.contains(cidr.last))
        precondition(CIDR(cidr.address, netmask: cidr.netmask) == cidr)
        precondition(Array(cidr.addresses.networks) == [network])
        precondition(cidr.hosts.intersection(cidr.addresses) == cidr.hosts)
    }

    static func checkAddressRange(_ bytes: [UInt8]) {
        guard let range = parsed(AddressRange.self, bytes) else { return }
        var expected: IPAddress? = range.lower
        for network in range.networks {
            precondition(network.first == expected && network.isNetwork)
            precondition(range.contains(network.last))
            expected = network.last.advanced(by: 1)
        }
        precondition(expected == range.upper.advanced(by: 1), "\(range) is not covered")
    }
}
