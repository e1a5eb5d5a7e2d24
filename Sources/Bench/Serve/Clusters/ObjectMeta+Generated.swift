import Kubernetes
import Network

extension ObjectMeta {
    /// What a server says of the object of a number after a round of changes.
    init(_ name: String, in namespace: String, _ number: Int, of kind: Kind, round: Int = 0) {
        self.init()
        self.name = name
        self.namespace = namespace
        let high = UInt64(kind.rawValue) + 1
        uid = .uuid(high: high << 32 | 0x4000, low: UInt64(number))
        resourceVersion = "\(1_000_000 * Int(high) + number + 10_000_000 * round)"
        creationTime = Timestamp(seconds: 1_700_000_000)
    }
}

extension IPAddress {
    /// The address of a service.
    static func service(_ number: Int, _ family: IPFamily) -> IPAddress {
        switch family {
        case .v4: .v4(IPv4Address(rawValue: 10 << 24 | 96 << 16 + UInt32(number)))
        case .v6: .v6(IPv6Address(high: 0xFD00_0010_0096_0000, low: UInt64(number)))
        }
    }

    /// The address of a pod.
    static func pod(_ number: Int, _ family: IPFamily) -> IPAddress {
        switch family {
        case .v4: .v4(IPv4Address(rawValue: 10 << 24 | 128 << 16 + UInt32(number)))
        case .v6: .v6(IPv6Address(high: 0xFD00_0010_0128_0000, low: UInt64(number)))
        }
    }
}
