package import Network

/// The label of an endpoint that has no hostname: its address with dashes, such as 10-1-2-3 (D28).
package struct DashedAddress: Sendable {
    private var octets: [48 of UInt8] = .init(repeating: 0)
    private(set) var length = 0

    package init(_ address: IPAddress) {
        var text = TextBuffer()
        text.append(address)
        let written = text.octets
        for index in written.indices {
            let octet = written[index]
            append(octet == dot || octet == colon ? dash : octet)
        }
        // A label does not end in a dash (RFC 1123), and :: may be an address's end.
        if octets[length - 1] == dash { append(UInt8(ascii: "0")) }
    }

    private mutating func append(_ octet: UInt8) {
        octets[length] = octet
        length += 1
    }

    package var label: Span<UInt8> {
        @_lifetime(borrow self) get { octets.span.extracting(first: length) }
    }
}

extension IPAddress {
    /// The address whose label this is, in the one form that it has.
    package init?(dashedLabel label: Span<UInt8>) {
        guard let address = IPAddress(looselyDashed: label),
            DashedAddress(address).label.equals(label)
        else { return nil }
        self = address
    }

    /// The address that a label can be read as: four numbers with dashes, or an IPv6 address.
    ///
    /// A label that is no IPv4 address with its dashes as dots is read with them as colons (D47);
    /// one with anything but dashes and digits is none.
    package init?(looselyDashed label: Span<UInt8>) {
        guard label.count <= longestText else { return nil }
        var text: [48 of UInt8] = .init(repeating: 0)
        for index in label.indices {
            guard label[index] == dash || isHexadecimal(label[index]) else { return nil }
            text[index] = label[index] == dash ? dot : label[index]
        }
        if let address = IPAddress(utf8: text.span.extracting(first: label.count)) {
            self = address
            return
        }
        for index in label.indices where label[index] == dash { text[index] = colon }
        guard let address = IPAddress(utf8: text.span.extracting(first: label.count)) else {
            return nil
        }
        self = address
    }
}

private func isHexadecimal(_ octet: UInt8) -> Bool {
    (0x30...0x39).contains(octet) || (0x61...0x66).contains(octet)
}

/// Eight groups of four digits, or six of them and an IPv4 address.
private let longestText = 45
private let dash = UInt8(ascii: "-")
private let dot = UInt8(ascii: ".")
private let colon = UInt8(ascii: ":")
