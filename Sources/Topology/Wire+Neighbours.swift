import Netlink
import Network
import Platform

extension Wire {
    /// Tells each end for good who is at the other, so that neither ever has to ask.
    ///
    /// No question and no timer of theirs then meets what is measured.
    package func introduce() throws {
        try first.learn(second)
        try second.learn(first)
    }

    /// Waits until neighbours' questions for the IPv6 addresses are heard at both ends.
    package func awaitDiscovery() throws {
        try first.awaitDiscovery()
        try second.awaitDiscovery()
    }
}

extension Wire.End {
    fileprivate func learn(_ other: Wire.End) throws {
        let place = try other.host.link(other.interface).address
        let index = try host.link(interface).index
        try host.change(
            other.addresses.map { .replace(Neighbour($0.address, at: place, on: index)) })
    }

    /// The kernel joins an address's multicast group in the background, seconds late on a busy
    /// machine, and neighbours ask three times only.
    fileprivate func awaitDiscovery() throws {
        let wanted = Set(addresses.compactMap(\.solicitedGroup))
        try host.wait("listen for its neighbours on \(interface)") {
            try wanted.isSubset(of: host.multicastGroups(interface))
        }
    }
}

extension Host {
    /// The IPv6 groups that a link has joined, as the kernel prints them: hexadecimal.
    fileprivate func multicastGroups(_ name: InterfaceName) throws -> Set<String> {
        let table = try run { () throws(PlatformError) in
            try File.read("/proc/thread-self/net/igmp6")
        }
        let rows = String(decoding: table, as: UTF8.self).split(separator: "\n")
        let columns = rows.map { $0.split(separator: " ", omittingEmptySubsequences: true) }
        return Set(columns.filter { $0.count > 2 && $0[1] == "\(name)" }.map { String($0[2]) })
    }
}

extension CIDR {
    /// The solicited-node group of an IPv6 address (RFC 4291): ff02::1:ff and its last 24 bits.
    fileprivate var solicitedGroup: String? {
        guard case .v6(let address) = address else { return nil }
        let last = String(address.low & 0xFF_FFFF, radix: 16)
        return "ff0200000000000000000001ff" + String(repeating: "0", count: 6 - last.count) + last
    }
}
