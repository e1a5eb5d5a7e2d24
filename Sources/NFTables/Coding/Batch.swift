import CMnl
import CNftnl
import Netlink

/// A transaction as the kernel takes it: one buffer of messages between "begin" and "end".
struct Batch: ~Copyable {
    private var writer: MessageWriter
    /// The sequence number of the begin message; the others' follow it.
    let firstSequence: UInt32
    private(set) var messageCount = 0
    /// Which of the messages is each command's first.
    private var commandPositions: [Int] = []

    init(
        _ transaction: Transaction, firstSequence: UInt32, ifGeneration generation: UInt32?
    ) throws(NFTablesError) {
        writer = MessageWriter(capacity: transaction.estimatedSize)
        self.firstSequence = firstSequence
        commandPositions.reserveCapacity(transaction.commands.count)
        writeFrame(NFNL_MSG_BATCH_BEGIN)
        if let generation { writer.put(Int(NFNL_BATCH_GENID.rawValue), generation.bigEndian) }
        for command in transaction.commands {
            commandPositions.append(messageCount)
            try write(command)
        }
        // The kernel reads all errors out at the end; the last command's acknowledgement says that
        // there were none.
        writer.requestAcknowledgement()
        writeFrame(NFNL_MSG_BATCH_END)
    }

    var bytes: Span<UInt8> {
        @_lifetime(borrow self)
        get { writer.bytes }
    }

    /// The index of the command that a message belongs to; nil for the batch's own frame.
    func command(at position: Int) -> Int? {
        guard let first = commandPositions.first, (first..<messageCount - 1).contains(position)
        else { return nil }
        var low = 0
        var high = commandPositions.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if commandPositions[middle] <= position { low = middle } else { high = middle }
        }
        return low
    }
}

extension Batch {
    /// Begins a message of nf_tables and lets `body` fill it in.
    mutating func message(
        _ type: MessageType, _ family: Family, flags: Int32 = 0,
        _ body: (inout MessageWriter) throws(NFTablesError) -> Void
    ) throws(NFTablesError) {
        begin(
            type: NFNL_SUBSYS_NFTABLES << 8 | type.rawValue, flags: flags,
            nfgenmsg(nfgen_family: family.rawValue, version: UInt8(NFNETLINK_V0), res_id: 0))
        try body(&writer)
    }

    private mutating func writeFrame(_ type: Int32) {
        // The batch's header names the subsystem, in network byte order.
        let header = nfgenmsg(
            nfgen_family: 0, version: UInt8(NFNETLINK_V0),
            res_id: UInt16(NFNL_SUBSYS_NFTABLES).bigEndian)
        begin(type: type, flags: 0, header)
    }

    private mutating func begin(type: Int32, flags: Int32, _ header: nfgenmsg) {
        writer.begin(
            type: UInt16(truncatingIfNeeded: type), flags: UInt16(truncatingIfNeeded: flags),
            sequence: firstSequence &+ UInt32(truncatingIfNeeded: messageCount))
        writer.putFixed(header)
        messageCount += 1
    }
}

extension Transaction {
    /// Enough for nearly all transactions of this many commands and elements.
    fileprivate var estimatedSize: Int {
        let bytesPerCommand = 160
        // Headers around an element's parts, and the padding of each.
        let overheadPerElement = 40
        return commands.reduce(into: 0) { size, command in
            size += bytesPerCommand
            if case .addElements(let list, _, _) = command {
                size += list.byteCount + list.count * overheadPerElement
            }
        }
    }
}
