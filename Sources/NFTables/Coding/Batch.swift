import CMnl
import CNftnl
import Netlink

/// A transaction as the kernel takes it: one buffer of messages between "begin" and "end".
struct Batch: ~Copyable {
    private var writer: MessageWriter
    private var nextSequence: UInt32
    private let firstSequence: UInt32
    /// The sequence number of each command's first message.
    private var commandSequences: [UInt32] = []

    init(
        _ transaction: Transaction, firstSequence: UInt32, ifGeneration generation: UInt32?
    ) throws(NFTablesError) {
        writer = MessageWriter(capacity: transaction.estimatedSize)
        self.firstSequence = firstSequence
        nextSequence = firstSequence
        commandSequences.reserveCapacity(transaction.commands.count)
        writeFrame(NFNL_MSG_BATCH_BEGIN)
        if let generation { writer.put(Int(NFNL_BATCH_GENID.rawValue), generation.bigEndian) }
        for command in transaction.commands {
            commandSequences.append(nextSequence)
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

    var messageCount: Int { Int(nextSequence &- firstSequence) }

    /// The sequence number of the message that is acknowledged: the last before the end.
    var acknowledgedSequence: UInt32 { nextSequence &- 2 }

    /// The index of the command that a message belongs to; nil for the batch's own frame.
    func command(of sequence: UInt32) -> Int? {
        guard let first = commandSequences.first, sequence >= first,
            sequence <= acknowledgedSequence
        else { return nil }
        var low = 0
        var high = commandSequences.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if commandSequences[middle] <= sequence { low = middle } else { high = middle }
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
            sequence: nextSequence)
        writer.putFixed(header)
        nextSequence &+= 1
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
