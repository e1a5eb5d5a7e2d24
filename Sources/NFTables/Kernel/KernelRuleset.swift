import CMnl
import CNftnl
import Netlink
import Platform

/// The nftables of the network namespace that this was opened in.
package struct KernelRuleset: Ruleset, ~Copyable {
    private var connection: Connection
    /// The send buffer's size as far as this connection has enlarged it.
    private var sendBuffer = 0

    /// How many transactions it has applied: as many generations are its own.
    package private(set) var transactions: UInt32 = 0

    /// How often elements are read again after the kernel reshuffled them meanwhile.
    private static let elementAttempts = 64

    /// Answers to a large transaction that fails in many places still fit.
    private static let receiveBuffer = 1 << 20

    package init() throws(NFTablesError) {
        do {
            let connection = try Connection(.netfilter)
            try connection.reserveReceiveBuffer(Self.receiveBuffer)
            self.connection = connection
        } catch {
            throw NFTablesError(error, "open nftables")
        }
    }
}

extension KernelRuleset {
    package mutating func apply(
        _ transaction: Transaction, ifGeneration generation: UInt32?
    ) throws(NFTablesError) {
        guard !transaction.isEmpty else { return }
        let batch = try Batch(
            transaction, firstSequence: connection.reserveSequence(0), ifGeneration: generation)
        _ = connection.reserveSequence(batch.messageCount)
        try send(batch.bytes)
        try readOutcome(of: batch, transaction)
        transactions &+= 1
    }

    private mutating func send(_ bytes: Span<UInt8>) throws(NFTablesError) {
        do {
            if bytes.count > sendBuffer {
                try connection.reserveSendBuffer(bytes.count)
                sendBuffer = bytes.count
            }
            try connection.send(bytes)
        } catch {
            throw NFTablesError(error, "apply transaction")
        }
    }

    /// The kernel has done the batch when the send returns; its answers are all there.
    private mutating func readOutcome(
        of batch: borrowing Batch, _ transaction: Transaction
    ) throws(NFTablesError) {
        var outcome = BatchOutcome(
            firstSequence: batch.firstSequence, messageCount: batch.messageCount)
        var lostAnswers = false
        while true {
            do {
                let some = try connection.receive { message throws(NetlinkError) in
                    try outcome.receive(message)
                }
                guard some else { break }
            } catch  where error.code == .overrun {
                lostAnswers = true
            } catch {
                throw NFTablesError(error, "apply transaction")
            }
        }
        if let failure = outcome.failure {
            throw failure.error(batch.command(at: failure.position), in: transaction)
        }
        guard outcome.isAcknowledged else {
            throw NFTablesError(.netlink(lostAnswers ? .overrun : .unanswered), "apply transaction")
        }
    }
}

extension KernelRuleset {
    package mutating func generation() throws(NFTablesError) -> UInt32 {
        let request = Request.netfilter("read ruleset generation", .getGeneration)
        let numbers = try collect(request) { message throws(NetlinkError) -> [UInt32] in
            [try message.table().require(NFTA_GEN_ID)]
        }
        guard let number = numbers.first else {
            throw NFTablesError(.netlink(.unanswered), "read ruleset generation")
        }
        return number
    }

    package mutating func tables(_ family: Family?) throws(NFTablesError) -> [Table] {
        try collect(.dump("list tables", .getTable, family)) {
            message throws(NetlinkError) -> [Table] in [try Table(message)].compactMap(\.self)
        }
    }

    package mutating func chains(in table: TableName) throws(NFTablesError) -> [Chain] {
        // The kernel lists a family's chains; it takes no table to list by.
        try collect(.dump("list chains", .getChain, table.family)) {
            message throws(NetlinkError) -> [Chain] in
            [try Chain(message)].compactMap(\.self).filter { $0.name.table == table }
        }
    }

    package mutating func rules(
        in table: TableName, chain: String?
    ) throws(NFTablesError) -> [InstalledRule] {
        let request = Request.dump("list rules", .getRule, table.family, of: "\(table)") { writer in
            writer.put(NFTA_RULE_TABLE, string: table.name)
            if let chain { writer.put(NFTA_RULE_CHAIN, string: chain) }
        }
        return try collect(request) { message throws(NetlinkError) -> [InstalledRule] in
            [try InstalledRule(message)].compactMap(\.self)
        }
    }

    package mutating func sets(in table: TableName) throws(NFTablesError) -> [NamedSet] {
        let request = Request.dump("list sets", .getSet, table.family, of: "\(table)") { writer in
            writer.put(NFTA_SET_TABLE, string: table.name)
        }
        return try collect(request) { message throws(NetlinkError) -> [NamedSet] in
            [try NamedSet(message)].compactMap(\.self)
        }
    }

    package mutating func elements(of set: NamedSet) throws(NFTablesError) -> [Element] {
        let request = Request.elements(of: set)
        for _ in 0..<Self.elementAttempts {
            let stored = try collect(request) { message throws(NetlinkError) in
                try StoredElement.list(message)
            }
            if set.splitsIntervals { return Intervals.join(stored) }
            let elements = stored.map(\.element)
            if elements.haveDistinctKeys { return elements }
        }
        throw NFTablesError(.netlink(.interrupted), "list elements of \(set.name)")
    }

    package mutating func elementLists(
        of set: NamedSet
    ) throws(NFTablesError) -> [ElementList] {
        let request = Request.elements(of: set)
        for _ in 0..<Self.elementAttempts {
            let lists = try collect(request) { message throws(NetlinkError) in
                [ElementList(try StoredElement.list(message).lazy.map(\.element))]
            }
            if lists.haveDistinctKeys { return lists }
        }
        throw NFTablesError(.netlink(.interrupted), "list elements of \(set.name)")
    }

    private mutating func collect<Value>(
        _ request: Request,
        _ decode: (borrowing Message) throws(NetlinkError) -> [Value]
    ) throws(NFTablesError) -> [Value] {
        do {
            return try connection.collect(request, decode).flatMap(\.self)
        } catch {
            throw NFTablesError(error, "\(error.operation) \(error.subject)")
        }
    }
}

extension Request {
    fileprivate static func elements(of set: NamedSet) -> Request {
        let name = set.name
        return .dump("list elements", .getElements, name.table.family, of: "\(name)") { writer in
            writer.put(NFTA_SET_ELEM_LIST_TABLE, string: name.table.name)
            writer.put(NFTA_SET_ELEM_LIST_SET, string: name.name)
        }
    }
}

extension [ElementList] {
    /// The same for packed lists, by hashes of the keys: a rare false alarm costs another reading.
    fileprivate var haveDistinctKeys: Bool {
        var hashes = Set<Int>(minimumCapacity: reduce(0) { $0 + $1.count })
        return allSatisfy { list in
            list.forEachPacked { element in hashes.insert(element.key.hashCode).inserted } == nil
        }
    }
}

extension Span<UInt8> {
    fileprivate var hashCode: Int {
        var hasher = Hasher()
        for index in indices { hasher.combine(self[index]) }
        return hasher.finalize()
    }
}

extension [Element] {
    /// Whether no key comes twice.
    ///
    /// The kernel continues a dump by counting how many elements it has shown. A hash table that
    /// grows meanwhile (it does so in the background, soon after many insertions) shows some twice
    /// and as many others not at all, without a word.
    fileprivate var haveDistinctKeys: Bool {
        var keys = Set<Value>(minimumCapacity: count)
        return allSatisfy { keys.insert($0.key).inserted }
    }
}
