import Netlink
import Network

/// The keys that every way of linking a pod has, and what all of them do.
struct LinkKeys: Sendable {
    /// Nil for the underlay's.
    let mtu: UInt32?
    private let network: NetworkConfiguration

    /// IPv4's smallest (RFC 791) and IPv6's (RFC 8200); the largest is a veth's.
    private static let smallest4: UInt32 = 68
    private static let smallest6: UInt32 = 1280
    private static let largest = 65535

    init(_ network: NetworkConfiguration) throws(CNIError) {
        self.network = network
        let setting = network.settings["mtu"]
        let mtu = UInt32(try setting.integer(in: 0...Self.largest) ?? 0)
        guard mtu == 0 || mtu >= Self.smallest4 else {
            throw setting.wrong("must be 0 for the underlay's, or at least \(Self.smallest4)")
        }
        self.mtu = mtu == 0 ? nil : mtu
    }

    /// The address that the container's end is to have.
    func containerAddress(_ pod: PodCall) throws(CNIError) -> MACAddress? {
        try MACAddress.requested(network, pod.arguments)
    }

    /// The size of packets: by the key, as the node's agent says, or as the underlay has it.
    func mtu(
        for families: [IPFamily], _ underlay: () throws(NetlinkError) -> UInt32?
    ) throws(CNIError) -> UInt32? {
        guard let mtu = try configuredMTU else { return try reporting(underlay) }
        if mtu < Self.smallest6, families.contains(.v6) {
            throw network.settings["mtu"].wrong("must be at least \(Self.smallest6) for IPv6")
        }
        return mtu
    }
}

extension LinkKeys {
    /// The key, else the range file's word: the agent knows what tunnels between nodes take away.
    private var configuredMTU: UInt32? {
        get throws(CNIError) {
            if let mtu { return mtu }
            let file = try network.settings.section("ipam")["rangeFile"].string()
            guard let file else { return nil }
            return try RangeFile(path: file).mtu.map(UInt32.init(clamping:))
        }
    }
}
