import TestSupport
import Testing

@testable import NFTables

@Suite("What no message can carry")
struct ValidationTests {
    private static let long = String(repeating: "x", count: 256)
    private static let table = TableName(.ip, "weft")
    private static let chain = ChainName(table, "c")
    private static let set = NamedSet(SetName(table, "s"), key: [.mark], data: .verdict)

    static let faulty: [Faulty] = [
        Faulty("a table without a name") { $0.add(Table(TableName(.ip, ""))) },
        Faulty("a table whose name is too long") { $0.add(Table(TableName(.ip, long))) },
        Faulty("a chain with NUL in its name") { $0.add(Chain(ChainName(table, "a\0b"))) },
        Faulty("a set whose name is too long") {
            $0.add(NamedSet(SetName(table, long), key: [.mark]))
        },
        Faulty("a jump to a name too long") { $0.add(Rule(chain, [.jump(long)])) },
        Faulty("a verdict with a name too long") {
            $0.add([Element(Value(host: 1 as UInt32), .verdict(.goto(long)))], to: set)
        },
        Faulty("a lookup in a set with NUL in its name") { $0.add(Rule(chain, [.lookup("a\0")])) },
        Faulty("a dynamic set without a name") {
            $0.add(Rule(chain, [.dynamicSet(DynamicSet(.add, ""))]))
        },
        Faulty("a comment that is too long") { $0.add(Table(table, comment: long)) },
        Faulty("a comment with NUL") { $0.add(Rule(chain, [], comment: "\0")) },
        Faulty("a log prefix that is too long") {
            $0.add(Rule(chain, [.log(PacketLog(prefix: long))]))
        },
        Faulty("a comparison with nothing") { $0.add(Rule(chain, [.compare(.equal, Value())])) },
        Faulty("too many expressions") {
            $0.add(Rule(chain, Array(repeating: .counter(Counter()), count: 129)))
        },
        Faulty("three expressions on an element") {
            let counter = Expression.counter(Counter())
            $0.add(
                Rule(
                    chain,
                    [.dynamicSet(DynamicSet(.add, "s", expressions: [counter, counter, counter]))]))
        },
        Faulty("a set in an element") {
            let inner = Expression.dynamicSet(DynamicSet(.add, "s"))
            $0.add(Rule(chain, [.dynamicSet(DynamicSet(.add, "s", expressions: [inner]))]))
        },
        Faulty("a hook the family does not have") {
            $0.add(Chain(chain, base: Chain.Base(.filter, .egress, priority: 0)))
        },
        Faulty("a device whose name is too long") {
            let base = Chain.Base(.filter, .ingress, priority: 0, devices: ["0123456789abcdef"])
            $0.add(Chain(ChainName(TableName(.netdev, "t"), "c"), base: base))
        },
        Faulty("an expression that Weft does not know") {
            $0.add(Rule(chain, [.unknown(name: "xfrm", attributes: [])]))
        },
    ]

    @Test("is refused before anything is sent", arguments: faulty)
    func refused(_ faulty: Faulty) {
        let error = failure {
            _ = try Batch(faulty.transaction, firstSequence: 1, ifGeneration: nil)
        }
        #expect(error?.code == .invalid || error?.code == .unsupported)
        #expect(error?.text.isEmpty == false)
    }
}

/// A transaction that cannot be written, and what is wrong with it.
struct Faulty: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let transaction: Transaction

    init(_ title: String, _ fill: (inout Transaction) -> Void) {
        testDescription = title
        var transaction = Transaction()
        fill(&transaction)
        self.transaction = transaction
    }
}
