import NFTables
import Netlink
import Platform
import TestSupport
import Testing

@Suite(.requiresRoot) struct `Ruleset monitor` {
    private typealias O = Objects
    private let host: Host

    init() throws { host = try Lab().host("watched") }

    /// What is told of transactions in a host of their own, one list of events for each.
    private func events(of transactions: [Command]...) throws -> [[RulesetEvent]] {
        try Lab().host("told").run {
            var kernel = try KernelRuleset()
            var monitor = try RulesetMonitor(.ruleset)
            return try transactions.map { commands in
                try kernel.apply(Transaction(commands: commands))
                return try monitor.all()
            }
        }
    }

    /// What is told of a last transaction, without the generation it makes.
    private func changes(
        after beginning: [Command], _ commands: Command...
    ) throws -> [RulesetEvent] {
        let last = try #require(try events(of: beginning, commands).last)
        guard case .newGeneration? = last.last else {
            Issue.record("no generation at the end of \(last)")
            return last
        }
        return last.dropLast()
    }

    @Test func `tells of tables`() throws {
        let comment = Table(O.inet, comment: "mine")
        #expect(try changes(after: [], .addTable(comment, .strict)) == [.tableAdded(comment)])
        let asleep = Table(O.inet, flags: .dormant)
        #expect(
            try changes(after: [O.table], .addTable(asleep, .tolerant)) == [.tableAdded(asleep)])
        #expect(
            try changes(after: [O.table], .deleteTable(O.inet, .strict)) == [.tableRemoved(O.inet)])
        #expect(
            try changes(after: [O.table], .deleteTable(O.inet, .tolerant))
                == [.tableRemoved(O.inet)])
    }

    @Test func `tells of chains`() throws {
        let input = Chain(O.chain("in"), base: O.input, comment: "kept")
        #expect(try changes(after: [O.table], .addChain(input, .strict)) == [.chainAdded(input)])
        var dropping = input
        dropping.base?.policy = .drop
        #expect(
            try changes(
                after: [O.table, .addChain(input, .strict)], .addChain(dropping, .tolerant))
                == [.chainAdded(dropping)])
        for existence in [Command.Existence.strict, .tolerant] {
            #expect(
                try changes(
                    after: [O.table, .addChain(input, .strict)],
                    .deleteChain(input.name, existence)) == [.chainRemoved(input.name)])
        }
    }

    @Test func `tells of rules`() throws {
        let beginning = [O.table, O.add("a"), O.rule("a", .accept)]
        let rule = Rule(O.chain("a"), [.load(.destinationPort), .drop], comment: "why")
        let new = InstalledRule(handle: O.handle(3), rule: rule)
        let old = InstalledRule(handle: O.handle(2), rule: Rule(O.chain("a"), [.accept]))
        #expect(try changes(after: beginning, .addRule(rule, .last)) == [.ruleAdded(new)])
        #expect(
            try changes(after: beginning, .deleteRule(rule.chain, old.handle))
                == [.ruleRemoved(old)])
        let replaced = InstalledRule(handle: old.handle, rule: rule)
        #expect(
            try changes(after: beginning, .replaceRule(old.handle, rule))
                == [.ruleRemoved(old), .ruleAdded(replaced)])
    }

    @Test func `tells of sets and elements`() throws {
        #expect(try changes(after: [O.table], O.add(O.backends)) == [.setAdded(O.backends)])
        #expect(
            try changes(after: [O.table, O.add(O.ports)], .deleteSet(O.ports.name, .strict))
                == [.setRemoved(O.ports.name)])
        let beginning = [O.table, O.add(O.backends)]
        let backend = Element(O.pair(1, 80), .value(O.address(9)), comment: "first")
        let elements = RulesetEvent.Elements(set: O.backends.name, list: [backend], ends: [])
        #expect(
            try changes(after: beginning, O.add(backend, to: O.backends))
                == [.elementsAdded(elements)])
        for deletion in [O.delete(backend, from: O.backends), O.destroy(backend, in: O.backends)] {
            #expect(
                try changes(after: beginning + [O.add(backend, to: O.backends)], deletion)
                    == [.elementsRemoved(elements)])
        }
    }

    @Test func `tells the ends of intervals`() throws {
        let range = Element(O.port(5), through: O.port(9))
        let events = try changes(
            after: [O.table, O.add(O.ranges)], O.add(range, to: O.ranges))
        let name = O.ranges.name
        #expect(
            events == [
                .elementsAdded(.init(set: name, list: [Element(O.port(5))], ends: [])),
                .elementsAdded(.init(set: name, list: [], ends: [O.port(10)])),
            ])
    }

    @Test func `tells nothing of what is refused or changes nothing`() throws {
        let told = try host.run {
            var kernel = try KernelRuleset()
            try kernel.apply(Transaction(commands: [O.table]))
            var monitor = try RulesetMonitor(.ruleset)
            try kernel.apply(Transaction(commands: [O.table]))
            try? kernel.apply(Transaction(commands: [O.add("a"), O.rule("b", .accept)]))
            return try monitor.all()
        }
        #expect(told == [])
    }

    @Test func `names the process that changed the ruleset`() throws {
        let (monitor, generation) = try host.run {
            var kernel = try KernelRuleset()
            return (Held(try RulesetMonitor(.ruleset)), try kernel.generation())
        }
        try host.nft("add table inet theirs")
        let events = try monitor.all()
        #expect(events.first == .tableAdded(Table(TableName(.inet, "theirs"))))
        guard case .newGeneration(let new)? = events.last else {
            Issue.record("no generation in \(events)")
            return
        }
        #expect(new.number == generation + 1)
        #expect(new.processName == "nft")
        #expect(new.process != .current)
        #expect(new.process.rawValue > 0)
    }

    @Test func `says what it has no value for`() throws {
        let monitor = try host.run { Held(try RulesetMonitor(.ruleset)) }
        try host.nft("add table inet theirs; add counter inet theirs hits")
        // NFT_MSG_NEWOBJ of subsystem 10.
        let newObject: UInt16 = 10 << 8 | 18
        #expect(try monitor.all().contains(.other(newObject)))
    }

    @Test func `says when the kernel dropped events`() throws {
        let (monitor, state) = try host.run {
            var kernel = try KernelRuleset()
            try kernel.apply(Transaction(commands: [O.table, O.add(O.ports)]))
            let monitor = try RulesetMonitor(.ruleset)
            try monitor.reserveBuffer(4096)
            let elements = ElementList((1...2000).map { Element(O.port($0)) })
            var transaction = Transaction()
            transaction.add(elements, to: O.ports)
            try kernel.apply(transaction)
            return (Held(monitor), try kernel.elements(of: O.ports))
        }
        #expect(try monitor.all().contains(.overrun))
        #expect(state.count == 2000)
        // It goes on listening.
        try host.run {
            var kernel = try KernelRuleset()
            try kernel.apply(Transaction(commands: [O.add("a")]))
        }
        #expect(try monitor.all().contains(.chainAdded(Chain(O.chain("a")))))
    }

    @Test func `wakes an event loop`() throws {
        enum Source: UInt64 { case ruleset }
        let monitor = try host.run { Held(try RulesetMonitor(.ruleset)) }
        var loop = try EventLoop<Source>()
        try monitor.watch { monitor throws(PlatformError) in
            try loop.add(monitor.socket.socket.descriptor, .read, as: .ruleset)
        }
        var events = [Event<Source>]()
        try loop.wait(into: &events, until: .now)
        #expect(events.isEmpty)
        try host.nft("add table inet theirs")
        try loop.wait(into: &events, until: .now + .seconds(5))
        #expect(events == [.ready(.ruleset, .read)])
        _ = try monitor.all()
        try loop.wait(into: &events, until: .now)
        #expect(events.isEmpty)
    }

    @Test func `listens to another namespace`() throws {
        var monitor = try RulesetMonitor(.ruleset, in: host.namespace)
        try host.nft("add table inet theirs")
        #expect(try monitor.all().count == 2)
    }
}

/// A monitor that outlives the closure it was opened in, together with what else comes from there.
private final class Held {
    private var monitor: RulesetMonitor

    init(_ monitor: consuming RulesetMonitor) { self.monitor = monitor }

    func all() throws(NetlinkError) -> [RulesetEvent] { try monitor.all() }

    func watch(
        _ body: (borrowing RulesetMonitor) throws(PlatformError) -> Void
    ) throws(PlatformError) {
        try body(monitor)
    }
}

extension Monitor {
    /// All events that are there.
    fileprivate mutating func all() throws(NetlinkError) -> [Event] {
        var events = [Event]()
        while let some = try next() { events += some }
        return events
    }
}
