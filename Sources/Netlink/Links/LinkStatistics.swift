/// What a link has carried and lost.
package struct LinkStatistics: Hashable, Sendable {
    /// The counters of one direction.
    package struct Direction: Hashable, Sendable {
        package var packets: UInt64 = 0
        package var bytes: UInt64 = 0
        package var errors: UInt64 = 0
        package var dropped: UInt64 = 0
    }

    package var received = Direction()
    package var transmitted = Direction()

    package init() {}

    /// Reads `rtnl_link_stats64`, which grows at its end with the kernel.
    init(_ attribute: borrowing Attribute) throws(NetlinkError) {
        // Eight counters, receiving and transmitting by turns.
        let fields = 8
        let bytes = attribute.bytes
        guard bytes.count >= fields * MemoryLayout<UInt64>.size else {
            throw attribute.malformed("\(bytes.count) bytes of statistics")
        }
        func field(_ index: Int) -> UInt64 {
            bytes.hostOrder(at: index * MemoryLayout<UInt64>.size)
        }
        received = Direction(
            packets: field(0), bytes: field(2), errors: field(4), dropped: field(6))
        transmitted = Direction(
            packets: field(1), bytes: field(3), errors: field(5), dropped: field(7))
    }
}
