import NFTables
import Platform
import Testing

@Suite("A transaction as text")
struct TransactionTextTests {
    private static let table = TableName(.inet, "weft")
    private static let chain = ChainName(table, "services")
    private static let set = NamedSet(
        SetName(table, "vips"), key: [.ipv4Address, .inetService], data: .verdict,
        flags: .interval, size: 10, comment: "all of them")

    static let commands: [(Command, String)] = [
        (.addTable(Table(table), .tolerant), "add table inet weft"),
        (
            .addTable(Table(table, flags: .dormant, comment: "x"), .strict),
            "create table inet weft { flags dormant; comment \"x\"; }"
        ),
        (.deleteTable(table, .strict), "delete table inet weft"),
        (.deleteTable(table, .tolerant), "destroy table inet weft"),
        (.flushTable(table), "flush table inet weft"),
        (
            .addChain(
                Chain(chain, base: Chain.Base(.nat, .prerouting, priority: -100)), .tolerant),
            """
            add chain inet weft services \
            { type nat hook prerouting priority -100; policy accept; }
            """
        ),
        (.deleteChain(chain, .strict), "delete chain inet weft services"),
        (.flushChain(chain), "flush chain inet weft services"),
        (
            .addRule(
                Rule(chain, [.load(.mark), .compare(.equal, mark(1)), .drop], comment: "no"),
                .last),
            """
            add rule inet weft services [ meta load mark => reg 1 ] \
            [ cmp eq reg 1 0x00000001 ] [ immediate reg 0 drop ] comment "no"
            """
        ),
        (
            .addRule(Rule(chain, [.noTrack(NoTrack())]), .before(RuleHandle(rawValue: 4))),
            "insert rule inet weft services handle 4 [ notrack ]"
        ),
        (
            .replaceRule(RuleHandle(rawValue: 4), Rule(chain, [.goto("x")])),
            "replace rule inet weft services handle 4 [ immediate reg 0 goto -> x ]"
        ),
        (
            .deleteRule(chain, RuleHandle(rawValue: 4)),
            "delete rule inet weft services handle 4"
        ),
        (
            .addSet(set, .tolerant),
            """
            add map inet weft vips { type ipv4_addr . inet_service : verdict; \
            flags interval; size 10; comment "all of them"; }
            """
        ),
        (.deleteSet(set.name, .tolerant), "destroy set inet weft vips"),
        (.flushSet(set.name), "flush set inet weft vips"),
        (
            .addElements(
                [
                    Element(
                        Value(concatenating: address(1), port(80)), .verdict(.goto("a")),
                        timeout: 5, comment: "c")
                ], ElementTarget(set), .strict),
            """
            create element inet weft vips \
            { 0x0a000001 00500000 timeout 5ms comment "c" : goto a }
            """
        ),
        (
            .deleteElements(
                [Element(address(1), through: address(2))], ElementTarget(set), .strict),
            "delete element inet weft vips { 0x0a000001-0x0a000002 }"
        ),
    ]

    @Test("says each command in nft's words", arguments: commands)
    func text(_ command: Command, _ text: String) {
        #expect("\(command)" == text)
    }

    @Test("is one command a line")
    func lines() {
        var transaction = Transaction()
        transaction.add(Table(Self.table))
        transaction.flush(Self.chain)
        #expect("\(transaction)" == "add table inet weft\nflush chain inet weft services")
    }

    @Test("an error says which command failed, why, and what to do")
    func errors() {
        let error = NFTablesError(
            .refused(.busy), "delete chain inet weft services", command: 3, text: "in use")
        #expect(
            "\(error)" == """
                nftables: delete chain inet weft services (command 4 of the transaction): \
                Device or resource busy (something still refers to it): in use
                """)
    }
}
