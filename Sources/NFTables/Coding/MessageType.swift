import CMnl
import CNftnl

/// The nf_tables messages, by the kernel's numbers.
enum MessageType: Int32 {
    case newTable = 0
    case getTable = 1
    case deleteTable = 2
    case newChain = 3
    case getChain = 4
    case deleteChain = 5
    case newRule = 6
    case getRule = 7
    case deleteRule = 8
    case newSet = 9
    case getSet = 10
    case deleteSet = 11
    case newElements = 12
    case getElements = 13
    case deleteElements = 14
    case newGeneration = 15
    case getGeneration = 16
    // Deleting what may be absent: Linux 6.3, later than the oldest headers Weft builds with.
    case destroyTable = 26
    case destroyChain = 27
    case destroyRule = 28
    case destroySet = 29
    case destroyElements = 30

    /// The type of a received message; nil for another subsystem's and for unknown ones.
    init?(received type: UInt16) {
        guard Int32(type >> 8) == NFNL_SUBSYS_NFTABLES else { return nil }
        self.init(rawValue: Int32(type & 0xFF))
    }
}
