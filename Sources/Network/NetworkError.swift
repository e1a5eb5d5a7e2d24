/// Text that is no address, network, port or name: the text, and what would be right.
package struct NetworkError: Error, Hashable, Sendable {
    package let code: Code
    package let text: String

    package init(_ code: Code, _ text: String) {
        self.code = code
        self.text = text
    }
}

extension NetworkError {
    /// What is wrong with a text.
    package enum Code: UInt8, Error, Hashable, Sendable, CaseIterable {
        case notAnAddress
        case octetTooBig
        case leadingZero
        case zone
        case mappedAddress
        case notANetwork
        case noPrefixLength
        case prefixTooLongForIPv4
        case prefixTooLongForIPv6
        case hostBits
        case notAnAddressRange
        case notAMACAddress
        case emptyInterfaceName
        case interfaceNameTooLong
        case badInterfaceName
        case notAPort
        case notAPortRange
        case notAnAddressAndPort
        case notATransportProtocol
    }
}

extension NetworkError: CustomStringConvertible {
    /// The text and a sentence for who wrote it, such as "10.0.0.0/33: the prefix length of …".
    package var description: String {
        "\(text.isEmpty ? "empty text" : text): \(code.advice)\(correction)"
    }

    /// The text put right, where only one thing can be meant.
    private var correction: String {
        let meant: String? =
            switch code {
            case .leadingZero:
                IPAddress(legacy: text)?.description ?? CIDR(legacy: text)?.description
            case .mappedAddress: IPAddress(text)?.unmapped.description
            case .hostBits: CIDR(text)?.network.description
            case .noPrefixLength: IPAddress(text).map { CIDR($0).description }
            default: nil
            }
        return meant.map { ", so write \($0)" } ?? ""
    }
}

extension NetworkError.Code {
    /// What would be right, as the end of a sentence about the text.
    fileprivate var advice: String {
        switch self {
        case .notAnAddress: "not an IP address: write it like 10.9.8.7 or 2001:db8::1"
        case .octetTooBig: "each of the four numbers of an IPv4 address is 0 to 255"
        case .leadingZero: "numbers have no leading zeros, which some programs read as octal"
        case .zone: "an address here has no zone: leave out the % and what follows"
        case .mappedAddress: "an IPv4-mapped IPv6 address is ambiguous"
        case .notANetwork: "not a network: write it like 10.9.8.0/24 or 2001:db8::/64"
        case .noPrefixLength: "a network ends in a slash and its prefix length"
        case .prefixTooLongForIPv4: "the prefix length of an IPv4 network is 0 to 32"
        case .prefixTooLongForIPv6: "the prefix length of an IPv6 network is 0 to 128"
        case .hostBits: "a network has no bits set beyond its prefix length"
        case .notAnAddressRange:
            "not a range: write two addresses of one family, the lower first, like "
                + "10.0.0.10-10.0.0.99"
        case .notAMACAddress: "not a MAC address: write it like 02:00:5e:10:00:01"
        case .emptyInterfaceName: "an interface name has 1 to 15 bytes"
        case .interfaceNameTooLong: "an interface name has at most 15 bytes"
        case .badInterfaceName:
            "an interface name has no slash, colon, percent sign or white space, and is not . or .."
        case .notAPort: "a port is a number of 1 to 65535"
        case .notAPortRange:
            "not a port range: write it like 8080, 30000-32767 or 30000+2767, up to 65535"
        case .notAnAddressAndPort:
            "not an address and port: write it like 10.9.8.7:80 or [2001:db8::1]:80"
        case .notATransportProtocol: "the protocol is TCP, UDP or SCTP"
        }
    }
}
