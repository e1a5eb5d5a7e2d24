import NFTables
import Network

// A ticket takes the place of the packet's priority, and a port with affinity that of the
// connection's mark. Hardly any packet has either; those that do get them back.

extension ProxyTable {
    /// Only what the node itself sends can have a priority that is still of use: the kernel sets
    /// that of forwarded packets after this hook.
    var borrowPriority: [Expression] {
        [
            .load(.priority), .compare(.notEqual, Value(host: UInt32(0))),
        ] + change(.priorities, .update, priorityKey, data: .load(.priority, into: 2))
    }

    var giveBackPriority: RuleChain {
        RuleChain(
            "give-back-priority",
            [
                priorityKey + [
                    .lookup(ProxySet.priorities.rawValue, .data(into: 0)), .store(.priority),
                ] + change(.priorities, .delete, priorityKey, data: .load(.priority, into: 2))
                    + [.return],
                [.load(Value(host: UInt32(0))), .store(.priority)],
            ])
    }

    private var priorityKey: [Expression] {
        [.load(.transportProtocol), .load(.sourcePort, into: 1)]
    }

    /// `ct mark != 0 update @borrowed-marks { ip saddr : ct mark }`.
    var borrowMark: [Expression] {
        [
            .load(conntrack: .mark), .compare(.notEqual, Value(host: UInt32(0))),
        ] + change(.connectionMarks, .update, [.load(source)], data: markAfterAddress)
    }

    var giveBackMark: RuleChain {
        RuleChain(
            "give-back-mark",
            [
                [
                    .load(source), .lookup(ProxySet.connectionMarks.rawValue, .data(into: 0)),
                    .store(conntrack: .mark),
                ] + change(.connectionMarks, .delete, [.load(source)], data: markAfterAddress)
                    + [.goto("pick")],
                [.load(Value(host: UInt32(0))), .store(conntrack: .mark), .goto("pick")],
            ])
    }

    private var markAfterAddress: Expression {
        .load(conntrack: .mark, into: Register(addressRegisters))
    }

    /// The key is loaded from the first register on, the data into the register after it.
    private func change(
        _ set: ProxySet, _ operation: DynamicSet.Operation, _ key: [Expression], data: Expression
    ) -> [Expression] {
        let register = Register(set == .connectionMarks ? addressRegisters : 2)
        return key + [data, .dynamicSet(DynamicSet(operation, set.rawValue, data: register))]
    }
}
