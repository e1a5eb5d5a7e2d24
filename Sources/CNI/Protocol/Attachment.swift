package import Network

/// What ADD makes and DEL removes: one interface of one container in one network.
package struct Attachment: Hashable, Sendable {
    package let network: String
    package let containerID: String
    package let interface: InterfaceName

    package init(network: String, containerID: String, interface: InterfaceName) {
        self.network = network
        self.containerID = containerID
        self.interface = interface
    }
}

extension Attachment {
    /// How kernel objects say whose they are: "network/container/interface".
    ///
    /// nft takes comments of up to 128 bytes, so a part that is too long is there as its hash.
    package var owner: String {
        "\(ownerPrefix)\(Self.shortened(containerID, to: 64))/\(interface)"
    }

    /// What the owner texts of all attachments of a network begin with.
    package static func ownerPrefix(network: String) -> String { shortened(network, to: 47) + "/" }

    private var ownerPrefix: String { Self.ownerPrefix(network: network) }

    private static func shortened(_ name: String, to limit: Int) -> String {
        // No identifier begins with this sign, so a hash is never taken for a name.
        name.utf8.count <= limit ? name : "#" + hexadecimal(fnv1a(name.utf8))
    }

    /// The name of a link on the host that belongs to this attachment alone: the prefix of at most
    /// four letters and eleven hexadecimal digits of a hash of all three parts.
    package func linkName(prefix: String) -> InterfaceName? {
        let hash = fnv1a("\(network)/\(containerID)/\(interface)".utf8)
        return try? InterfaceName(validating: prefix + String(hexadecimal(hash).suffix(11)))
    }
}

extension Attachment: CustomStringConvertible {
    package var description: String { "\(network)/\(containerID)/\(interface)" }
}

/// The 64-bit FNV-1a hash; the same in every process, unlike Swift's own.
func fnv1a(_ bytes: some Sequence<UInt8>) -> UInt64 {
    bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
}

/// Sixteen digits.
func hexadecimal(_ value: UInt64) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
}
