package import Network

/// What an administrator would tell an API server and a controller manager.
package struct ControlPlaneOptions: Hashable, Sendable {
    /// Where services' addresses come from, one network a family; the first is the default family.
    package var serviceNetworks = [
        CIDR(.v4(IPv4Address(10, 96, 0, 0)), prefixLength: 16),
        CIDR(.v6(IPv6Address(high: 0xFD00_0010_0096_0000, low: 0)), prefixLength: 112),
    ].compactMap(\.self)
    package var nodePorts: ClosedRange<UInt16> = 30_000...32_767

    package init() {}
}
