import NFTables
import Testing

@Suite struct `Commands for nft` {
    private static let table = TableName(.ip, "weft-proxy")
    private static let service = ChainName(table, "service")
    private static let services = NamedSet(
        SetName(table, "services"), key: [.ipv4Address, .inetProtocol, .inetService],
        data: .value([.classID]))
    private static let counters = NamedSet(
        SetName(table, "tallies"), key: [.classID], data: .verdict)
    private static let clients = NamedSet(
        SetName(table, "clients"), key: [.ipv4Address], flags: [.interval, .timeout], size: 9,
        timeout: 5_400_000, comment: "of all")
    private static let key = Value(concatenating: address(1), byte(6), port(443))
    private static let handle = RuleHandle(rawValue: 4)

    static let commands: [(Command, String)] = [
        (
            .addTable(Table(table, comment: "x"), .tolerant),
            #"add table ip weft-proxy { comment "x"; }"#
        ),
        (.deleteTable(table, .strict), "delete table ip weft-proxy"),
        (.deleteTable(table, .tolerant), "destroy table ip weft-proxy"),
        (
            .addChain(Chain(service, base: Chain.Base(.nat, .output, priority: -100)), .strict),
            """
            create chain ip weft-proxy service \
            { type nat hook output priority -100; policy accept; }
            """
        ),
        (.flushChain(service), "flush chain ip weft-proxy service"),
        (.deleteChain(service, .tolerant), "destroy chain ip weft-proxy service"),
        (
            .addSet(clients, .tolerant),
            """
            add set ip weft-proxy clients { type ipv4_addr; size 9; flags interval,timeout; \
            timeout 1h30m; comment "of all"; }
            """
        ),
        (
            .addElements(
                [
                    Element(address(0), through: address(255), timeout: 90_500),
                    Element(address(300), through: address(301), comment: "two"),
                    Element(address(303), through: address(305)),
                ], ElementTarget(clients), .tolerant),
            """
            add element ip weft-proxy clients { 10.0.0.0/24 timeout 1m30s500ms, \
            10.0.1.44/31 comment "two", 10.0.1.47-10.0.1.49 }
            """
        ),
        (
            .addElements(
                [Element(key, .value(mark(0xC000_0102)))], ElementTarget(services), .strict),
            "create element ip weft-proxy services { 10.0.0.1 . tcp . 443 : c000:102 }"
        ),
        (
            .addElements(
                [Element(mark(0), .verdict(.goto("rr-10"))), .catchAll(.verdict(.drop))],
                ElementTarget(counters), .tolerant),
            "add element ip weft-proxy tallies { none : goto rr-10, * : drop }"
        ),
        (
            .deleteElements([Element(key, .value(mark(1)))], ElementTarget(services), .strict),
            "delete element ip weft-proxy services { 10.0.0.1 . tcp . 443 }"
        ),
        (.flushSet(clients.name), "flush set ip weft-proxy clients"),
        (.deleteSet(clients.name, .strict), "delete set ip weft-proxy clients"),
        (
            .addRule(
                Rule(
                    service,
                    [.load(.ip4Source), .lookup("pods", .notMember), .goto("pick")],
                    comment: "others"), .last),
            """
            add rule ip weft-proxy service ip saddr != @pods goto pick comment "others"
            """
        ),
        (
            .replaceRule(handle, Rule(service, [.load(mark(1)), .store(.priority)])),
            "replace rule ip weft-proxy service handle 4 meta priority set 0:1"
        ),
        (
            .addRule(Rule(service, [.drop]), .before(handle)),
            "insert rule ip weft-proxy service handle 4 drop"
        ),
        (.deleteRule(service, handle), "delete rule ip weft-proxy service handle 4"),
    ]

    @Test(arguments: commands)
    func `are those of its language`(command: Command, text: String) {
        #expect(Transaction(commands: [command]).nftText == text + "\n")
    }

    static let unwritable: [(Command, String)] = [
        (.addTable(Table(table, comment: "a \"b\""), .tolerant), "a quote"),
        (.addChain(Chain(ChainName(table, "counter")), .tolerant), "the name"),
        (.addChain(Chain(ChainName(table, "1st")), .tolerant), "the name"),
        (.addRule(Rule(service, [.load(.mark)]), .last), "without a statement"),
        (.addRule(Rule(service, [.load(.mark), .drop]), .last), "used behind it"),
        (
            // The second use comes after the mark has changed: no words in a row say that.
            .addRule(
                Rule(
                    service,
                    [
                        .load(.mark), .load(mark(1), into: 1), .store(.mark, from: 1),
                        .store(conntrack: .mark),
                    ]), .last), "used behind it"
        ),
        (
            .addRule(
                Rule(
                    service,
                    [
                        .numberGenerator(NumberGenerator(.incremental, modulus: 3)),
                        .store(.mark), .store(conntrack: .mark),
                    ]), .last), "nothing loads"
        ),
        (
            .addRule(Rule(service, [.load(.priority), .store(.mark)]), .last), "another type"
        ),
        (
            .addRule(
                Rule(service, [.load(.mark), .compare(.less, mark(5)), .drop]), .last), "an order"
        ),
    ]

    @Test(arguments: unwritable)
    func `that it has no words for are comments`(command: Command, reason: String) {
        let text = Transaction(commands: [command]).nftText
        #expect(text.hasPrefix("# cannot be written as nft text: \(command)".prefix(60)))
        #expect(text.contains(reason))
        #expect(text.split(separator: "\n").count == 1)
    }

    @Test func `flush a map that is known as one`() {
        let flush = Transaction(commands: [.flushSet(Self.services.name)])
        #expect(
            flush.nftText(knowing: [Self.services]) == "flush map ip weft-proxy services\n")
    }
}
