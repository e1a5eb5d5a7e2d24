import NFTables

extension FuzzTargets {
    /// All that is read of nftables, which must be the same when it is written and read again.
    static let nftablesDumps = [
        FuzzTarget("nftables-objects", corpus: objects, run: checkDump),
        FuzzTarget("nftables-rules", corpus: NFTablesMessages.rules.messages, run: checkDump),
        // Two messages in one datagram: a lie of the first about its length reaches the second.
        FuzzTarget("nftables-dump", corpus: dumps, run: checkDump),
    ]

    private static let objects =
        (NFTablesMessages.objects + "\n" + smallestErrorNumber).messages

    /// An error whose number has no opposite, which once stopped the process.
    private static let smallestErrorNumber =
        "24000000020000030000000000000000000000801c000000100a05000000000000000000"

    private static let dumps = [NFTablesMessages.objects, NFTablesMessages.rules].flatMap {
        zip($0.messages, $0.messages.dropFirst()).map { $0 + $1 }
    }

    private static func checkDump(_ bytes: [UInt8]) {
        if let fault = DumpDecoder.fault(in: bytes.span) { preconditionFailure(fault) }
    }
}

extension String {
    /// The bytes of each line of hexadecimal digits.
    fileprivate var messages: [[UInt8]] {
        split(separator: "\n").map { line in
            let digits = Array(line.utf8)
            return stride(from: 0, to: digits.count - 1, by: 2).compactMap {
                UInt8(String(decoding: digits[$0...$0 + 1], as: UTF8.self), radix: 16)
            }
        }
    }
}
