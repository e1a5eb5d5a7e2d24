import Netlink
import TestSupport
import Testing

@testable import NFTables

/// What follows the message header, as nft 1.0.6 sends it (`nft --debug=mnl`) for the same command.
@Suite("Messages byte for byte")
struct GoldenTests {
    private static let table = TableName(.ip, "t")
    private static let chain = ChainName(table, "c")
    private static let map = NamedSet(SetName(table, "m"), key: [.ipv4Address], data: .verdict)

    static let goldens: [Golden] = [
        // nft add table ip t { comment "x"; }
        Golden(
            .addTable(Table(table, comment: "x"), .tolerant),
            """
            02 00 0000  0600 0100 74000000  0800 0200 00000000  0800 0600 00 02 7800
            """),
        // nft add chain ip t c { type filter hook input priority 5; policy drop; comment "y"; }
        Golden(
            .addChain(
                Chain(
                    chain, base: Chain.Base(.filter, .input, priority: 5, policy: .drop),
                    comment: "y"), .tolerant),
            """
            02 00 0000  0600 0100 74000000  0600 0300 63000000  0b00 0700 66696c74 65720000
            0800 0500 00000000  1400 0480  0800 0100 00000001  0800 0200 00000005
            0800 0c00 00 02 7900
            """),
        // nft add rule ip t c ip saddr 10.0.0.1 counter drop comment "z"
        Golden(
            .addRule(
                Rule(
                    chain,
                    [
                        .load(.ip4Source), .compare(.equal, address(1)), .counter(Counter()),
                        .drop,
                    ], comment: "z"), .last),
            """
            02 00 0000  0600 0100 74000000  0600 0200 63000000  a800 0480
            3400 0180  0c00 0100 7061796c 6f616400  2400 0280
            0800 0100 00000001  0800 0200 00000001  0800 0300 0000000c  0800 0400 00000004
            2c00 0180  0800 0100 636d7000  2000 0280
            0800 0100 00000001  0800 0200 00000000  0c00 0380 0800 0100 0a000001
            1400 0180  0c00 0100 636f756e 74657200  0400 0280
            3000 0180  0e00 0100 696d6d65 64696174 65000000  1c00 0280
            0800 0100 00000000  1000 0280 0c00 0280 0800 0100 00000000
            0800 0700 00 02 7a00
            """),
        // nft add rule ip t c ip saddr vmap @m, less the number of the set in the transaction
        Golden(
            .addRule(Rule(chain, [.load(.ip4Source), .lookup("m", .verdict)]), .last),
            """
            02 00 0000  0600 0100 74000000  0600 0200 63000000  6400 0480
            3400 0180  0c00 0100 7061796c 6f616400  2400 0280
            0800 0100 00000001  0800 0200 00000001  0800 0300 0000000c  0800 0400 00000004
            2c00 0180  0b00 0100 6c6f6f6b 75700000  1c00 0280
            0800 0200 00000001  0800 0300 00000000  0600 0100 6d000000
            """),
        // nft add element ip t m { 10.0.0.1 : drop }, less the number of the set
        Golden(
            .addElements(
                [Element(address(1), .verdict(.drop))], ElementTarget(map), .tolerant),
            """
            02 00 0000  0600 0100 74000000  0600 0200 6d000000  2400 0380  2000 0180
            0c00 0180 0800 0100 0a000001  1000 0280 0c00 0280 0800 0100 00000000
            """),
        // nft flush chain ip t c
        Golden(.flushChain(chain), "02 00 0000  0600 0100 74000000  0600 0200 63000000"),
    ]

    @Test("are what nft sends", arguments: goldens)
    func equal(_ golden: Golden) throws {
        var transaction = Transaction()
        transaction.append(golden.command)
        let batch = try Batch(transaction, firstSequence: 0, ifGeneration: nil)
        var messages = Messages(batch.bytes)
        var bodies = [String]()
        while let message = try messages.next() { bodies.append(message.payload.copied().hex) }
        try #require(bodies.count == 3, "one message between begin and end")
        #expect(bodies[1] == golden.bytes)
    }
}

/// A command and the bytes nft sends for it.
struct Golden: Sendable, CustomTestStringConvertible {
    let command: Command
    let bytes: String

    init(_ command: Command, _ annotated: String) {
        self.command = command
        bytes = annotated.filter { !$0.isWhitespace }
    }

    var testDescription: String { command.title }
}

extension [UInt8] {
    fileprivate var hex: String {
        map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
