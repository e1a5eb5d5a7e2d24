import NFTables
import Testing
import Network

/// One small ruleset of the corpus: a table with all that is in it.
struct RulesetCase: Sendable, CustomTestStringConvertible {
    var title: String
    var table: Table
    var chains: [Chain] = []
    var sets: [(set: NamedSet, elements: ElementList)] = []
    var rules: [Rule] = []
    var nft: Understanding = .writesTheSame

    /// What nft 1.0.6 makes of the ruleset.
    enum Understanding {
        /// It lists it, and writes the same from its listing.
        case writesTheSame
        /// It lists it, and writes another form with the same meaning from its listing.
        case writesAnotherForm
        /// It lists something that it cannot read itself.
        case cannotRead
    }

    var testDescription: String { title }

    /// A table with one regular chain "c" that holds the rules.
    init(_ title: String, _ family: Family = .ip) {
        self.title = title
        table = Table(TableName(family, "corpus"))
    }

    var transaction: Transaction {
        var transaction = Transaction()
        transaction.add(table, .strict)
        for chain in chains { transaction.add(chain, .strict) }
        for (set, _) in sets { transaction.add(set, .strict) }
        for (set, elements) in sets { transaction.add(elements, to: set, .strict) }
        for rule in rules { transaction.add(rule) }
        return transaction
    }
}

extension RulesetCase {
    func chain(_ name: String) -> ChainName { ChainName(table.name, name) }
    func set(_ name: String) -> SetName { SetName(table.name, name) }

    mutating func add(chain name: String, _ base: Chain.Base? = nil, comment: String? = nil) {
        chains.append(Chain(chain(name), base: base, comment: comment))
    }

    mutating func add(rule expressions: Expression..., to name: String = "c") {
        rules.append(Rule(chain(name), expressions))
    }

    mutating func add(_ set: NamedSet, _ elements: ElementList = []) {
        sets.append((set, elements))
    }
}

/// An address of the corpus by its last number.
func address(_ last: UInt32) -> Value { Value(IPv4Address(rawValue: 0x0A00_0000 | last)) }

func port(_ number: UInt16) -> Value { Value(network: number) }
func mark(_ number: UInt32) -> Value { Value(host: number) }
func byte(_ number: UInt8) -> Value { Value(network: number) }

/// The matches nft puts in front of what only some packets have.
let isTCP: [Expression] = [.load(.transportProtocol), .compare(.equal, byte(6))]
let isIPv4: [Expression] = [.load(.nfProtocol), .compare(.equal, byte(2))]
let isIPv6: [Expression] = [.load(.nfProtocol), .compare(.equal, byte(10))]

extension RulesetCase {
    mutating func add(rule expressions: [Expression], to name: String = "c") {
        rules.append(Rule(chain(name), expressions))
    }
}
