import NFTables
import Platform

/// The objects that scenarios are made of.
enum Objects {
    static let inet = TableName(.inet, "t")
    static let ip = TableName(.ip, "u")

    static let table = Command.addTable(Table(inet), .tolerant)

    static func chain(_ name: String, in table: TableName = inet) -> ChainName {
        ChainName(table, name)
    }

    static func set(_ name: String, in table: TableName = inet) -> SetName {
        SetName(table, name)
    }

    static func add(_ name: String, in table: TableName = inet, _ base: Chain.Base? = nil)
        -> Command
    {
        .addChain(Chain(chain(name, in: table), base: base), .tolerant)
    }

    static func rule(
        _ name: String, in table: TableName = inet, _ expressions: Expression...
    ) -> Command {
        .addRule(Rule(chain(name, in: table), expressions), .last)
    }

    static let input = Chain.Base(.filter, .input, priority: 0)
    static let prerouting = Chain.Base(.nat, .prerouting, priority: -100)
    static let postrouting = Chain.Base(.nat, .postrouting, priority: 100)

    static let port = Expression.load(.destinationPort)
    static let address = Expression.load(.ip4Destination)
    static let portBehind = Expression.load(.destinationPort, into: 1)
}

extension Objects {
    static let ports = NamedSet(set("ports"), key: [.inetService])
    static let addresses = NamedSet(set("addresses"), key: [.ipv4Address])
    static let verdicts = NamedSet(set("verdicts"), key: [.inetService], data: .verdict)
    static let backends = NamedSet(
        set("backends"), key: [.ipv4Address, .inetService], data: .value([.ipv4Address]))
    static let ranges = NamedSet(set("ranges"), key: [.inetService], flags: .interval)
    static let rangeMap = NamedSet(
        set("rangemap"), key: [.inetService], data: .value([.mark]), flags: .interval)
    static let pairs = NamedSet(
        set("pairs"), key: [.ipv4Address, .inetService], flags: .interval)
    static let aging = NamedSet(
        set("aging"), key: [.ipv4Address], flags: .timeout, timeout: 60_000)

    static func port(_ number: UInt16) -> Value { Value(network: number) }
    static func address(_ last: UInt8) -> Value { Value([10, 0, 0, last]) }
    static func pair(_ last: UInt8, _ number: UInt16) -> Value {
        Value(concatenating: address(last), port(number))
    }
    static func mark(_ number: UInt32) -> Value { Value(host: number) }

    static func add(_ elements: Element..., to set: NamedSet) -> Command {
        .addElements(ElementList(elements), ElementTarget(set), .tolerant)
    }
    static func create(_ elements: Element..., in set: NamedSet) -> Command {
        .addElements(ElementList(elements), ElementTarget(set), .strict)
    }
    static func delete(_ elements: Element..., from set: NamedSet) -> Command {
        .deleteElements(ElementList(elements), ElementTarget(set), .strict)
    }
    static func destroy(_ elements: Element..., in set: NamedSet) -> Command {
        .deleteElements(ElementList(elements), ElementTarget(set), .tolerant)
    }
    static func add(_ set: NamedSet) -> Command { .addSet(set, .tolerant) }
    static func create(_ set: NamedSet) -> Command { .addSet(set, .strict) }

    static func handle(_ number: UInt64) -> RuleHandle { RuleHandle(rawValue: number) }
}

extension NamedSet {
    func with(_ change: (inout NamedSet) -> Void) -> NamedSet {
        var set = self
        change(&set)
        return set
    }
}

extension Scenario {
    static let all =
        tables + chains + rules + sets + elements + intervals + jumps
}
