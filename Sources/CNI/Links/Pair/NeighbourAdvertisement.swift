import Network

/// What tells hosts that remember another hardware address to forget it: RFC 4861 section 7.2.6.
struct NeighbourAdvertisement: Hashable, Sendable {
    private static let type: UInt8 = 136
    /// In the first byte of the flags: what was known is overridden.
    private static let override: UInt8 = 0x20
    private static let targetLinkLayerAddress: UInt8 = 2

    /// The ICMPv6 message; the kernel fills in its checksum.
    let bytes: [UInt8]

    init(of target: IPv6Address, at hardware: MACAddress) {
        var bytes: [UInt8] = [Self.type, 0, 0, 0, Self.override, 0, 0, 0]
        for index in 0..<16 { bytes.append(target.octets[index]) }
        // The option's length counts eight bytes at a time.
        bytes += [Self.targetLinkLayerAddress, 1]
        for index in 0..<6 { bytes.append(hardware.octets[index]) }
        self.bytes = bytes
    }
}
