@testable import NFTables

/// The constructs a ruleset uses, each by a name; what the corpus must cover is all of them.
struct Constructs {
    private(set) var names: Set<String> = []

    init(_ ruleset: RulesetCase) {
        add("family \(ruleset.table.name.family)")
        add("table dormant", if: ruleset.table.flags.contains(.dormant))
        add("table comment", if: ruleset.table.comment != nil)
        for chain in ruleset.chains { collect(chain) }
        for (set, elements) in ruleset.sets {
            collect(set)
            for element in elements { collect(element) }
        }
        for rule in ruleset.rules {
            add("rule comment", if: rule.comment != nil)
            for expression in rule.expressions { collect(expression) }
        }
    }

    private mutating func add(_ name: String, if condition: Bool = true) {
        if condition { names.insert(name) }
    }
}

extension Constructs {
    /// Everything that the module can write: taken from its types where they can be listed.
    static let all: Set<String> = Set(
        Family.allCases.map { "family \($0)" } + Expression.kinds.map { "expression \($0.name)" }
            + [
                "table dormant", "table comment", "chain comment", "rule comment", "regular chain",
                "chain filter", "chain nat", "chain route", "policy accept", "policy drop",
                "chain on a device",
            ]
            + [
                "prerouting", "input", "forward", "output", "postrouting", "ingress", "egress",
            ].map { "hook \($0)" } + sets + expressions)

    private static let sets: [String] = [
        "set", "map", "verdict map", "concatenated key", "concatenated data", "interval",
        "concatenated interval", "timeout flag", "dynamic", "size", "set timeout", "gc-interval",
        "memory policy", "set comment", "set counter", "several set expressions",
        "element comment", "element counter", "element timeout", "element interval", "catch-all",
        "element value", "element verdict",
    ]

    private static let expressions: [String] =
        [
            "payload link", "payload network", "payload transport", "meta load", "meta store",
            "ct load", "ct store", "ct original", "ct reply", "fib outputInterface",
            "fib outputName",
            "fib addressKind", "fib present", "socket transparent", "socket mark",
            "socket wildcard",
            "socket cgroup", "immediate value", "cmp equal", "cmp notEqual", "cmp less",
            "cmp lessOrEqual", "cmp greater", "cmp greaterOrEqual", "range outside", "range inside",
            "bitwise mask", "bitwise left", "bitwise right", "byteorder to host",
            "byteorder to network", "lookup member", "lookup notMember", "lookup data",
            "lookup verdict", "nat source", "nat destination", "nat port", "nat address range",
            "nat port range", "nat flags", "masq plain", "masq port", "masq flags", "redir plain",
            "redir port", "redir flags", "reject icmp", "reject icmpx", "reject tcp", "numgen inc",
            "numgen random", "numgen offset", "hash jenkins", "hash symmetric", "hash seed",
            "dynset add", "dynset update", "dynset delete", "dynset data", "dynset timeout",
            "dynset expression", "dynset two expressions", "counter values", "limit packets",
            "limit bytes", "limit over", "limit second", "limit minute", "limit hour", "limit day",
            "limit week", "quota until", "quota over", "log kernel", "log group", "log prefix",
        ] + ["accept", "drop", "continue", "return", "jump", "goto"].map { "verdict \($0)" }
}

extension Constructs {
    private mutating func collect(_ chain: Chain) {
        add("chain comment", if: chain.comment != nil)
        guard let base = chain.base else { return add("regular chain") }
        add("chain \(base.kind.rawValue)")
        add("hook \(base.hook.rawValue)")
        add("policy \(base.policy)")
        add("chain on a device", if: !base.devices.isEmpty)
    }

    private mutating func collect(_ set: NamedSet) {
        switch set.data {
        case nil: add("set")
        case .verdict: add("verdict map")
        case .value(let type):
            add("map")
            add("concatenated data", if: type.isConcatenation)
        }
        add("concatenated key", if: set.key.isConcatenation)
        let isInterval = set.flags.contains(.interval)
        add(set.key.isConcatenation ? "concatenated interval" : "interval", if: isInterval)
        add("timeout flag", if: set.flags.contains(.timeout))
        add("dynamic", if: set.flags.contains(.dynamic))
        add("size", if: set.size != nil)
        add("set timeout", if: set.timeout != nil)
        add("gc-interval", if: set.collectionInterval != nil)
        add("memory policy", if: set.prefersMemory)
        add("set comment", if: set.comment != nil)
        add("set counter", if: set.expressions.count == 1)
        add("several set expressions", if: set.expressions.count > 1)
    }

    private mutating func collect(_ element: Element) {
        add("element comment", if: element.comment != nil)
        add("element counter", if: !element.expressions.isEmpty)
        add("element timeout", if: element.timeout != nil)
        add("element interval", if: element.keyEnd != nil)
        add("catch-all", if: element.isCatchAll)
        switch element.data {
        case .value: add("element value")
        case .verdict(let verdict):
            add("element verdict")
            collect(verdict)
        case nil: break
        }
    }

    private mutating func collect(_ verdict: Verdict) {
        add("verdict \("\(verdict)".prefix { $0 != " " })")
    }
}

extension Constructs {
    private mutating func collect(_ expression: Expression) {
        add("expression \(expression.name)")
        switch expression {
        case .payload(let payload): add("payload \(payload.base)")
        case .meta(let meta): add(meta.loads ? "meta load" : "meta store")
        case .conntrack(let conntrack): collect(conntrack)
        case .fib(let fib):
            add("fib \(fib.result)")
            add("fib present", if: fib.flags.contains(.present))
        case .socket(let socket): add("socket \("\(socket.key)".prefix { $0 != "(" })")
        case .immediate(.value): add("immediate value")
        case .immediate(.verdict(let verdict)): collect(verdict)
        case .comparison(let comparison): add("cmp \(comparison.operator)")
        case .range(let range): add(range.isInverted ? "range outside" : "range inside")
        case .bitwise(let bitwise): collect(bitwise)
        case .byteOrder(let order):
            add("byteorder to \(order.operation == .networkToHost ? "host" : "network")")
        case .lookup(let lookup): add("lookup \("\(lookup.use)".prefix { $0 != "(" })")
        default: collectStatement(expression)
        }
    }

    private mutating func collectStatement(_ expression: Expression) {
        switch expression {
        case .nat(let nat): collect(nat)
        case .masquerade(let masquerade):
            collect("masq", masquerade.port, masquerade.flags)
        case .redirect(let redirect): collect("redir", redirect.port, redirect.flags)
        case .reject(.icmp): add("reject icmp")
        case .reject(.icmpAny): add("reject icmpx")
        case .reject(.tcpReset): add("reject tcp")
        case .numberGenerator(let numgen):
            add("numgen \(numgen.kind == .random ? "random" : "inc")")
            add("numgen offset", if: numgen.offset != 0)
        case .hash(let hash): collect(hash)
        case .dynamicSet(let dynset): collect(dynset)
        case .counter(let counter): add("counter values", if: counter.packets != 0)
        case .limit(let limit):
            add("limit \(limit.unit)")
            add("limit \(limit.period)")
            add("limit over", if: limit.isInverted)
        case .quota(let quota): add(quota.isInverted ? "quota over" : "quota until")
        case .log(let log):
            add("log prefix", if: log.prefix != nil)
            if case .group = log.target { add("log group") } else { add("log kernel") }
        default: break
        }
    }

    private mutating func collect(_ conntrack: Conntrack) {
        if case .load = conntrack.direction { add("ct load") } else { add("ct store") }
        add("ct original", if: conntrack.side == .original)
        add("ct reply", if: conntrack.side == .reply)
    }

    private mutating func collect(_ bitwise: Bitwise) {
        switch bitwise.operation {
        case .maskAndXor: add("bitwise mask")
        case .shiftLeft: add("bitwise left")
        case .shiftRight: add("bitwise right")
        }
    }

    private mutating func collect(_ nat: NAT) {
        add("nat \(nat.kind)")
        add("nat port", if: nat.port != nil)
        add("nat address range", if: nat.address.map { $0.lower != $0.upper } ?? false)
        add("nat port range", if: nat.port.map { $0.lower != $0.upper } ?? false)
        add("nat flags", if: !nat.flags.isEmpty)
    }

    private mutating func collect(_ name: String, _ port: RegisterRange?, _ flags: NATFlags) {
        add("\(name) plain", if: port == nil && flags.isEmpty)
        add("\(name) port", if: port != nil)
        add("\(name) flags", if: !flags.isEmpty)
    }

    private mutating func collect(_ hash: PacketHash) {
        guard case .jenkins(_, _, let seed) = hash.kind else { return add("hash symmetric") }
        add("hash jenkins")
        add("hash seed", if: seed != nil)
    }

    private mutating func collect(_ dynset: DynamicSet) {
        add("dynset \(dynset.operation)")
        add("dynset data", if: dynset.data != nil)
        add("dynset timeout", if: dynset.timeout != nil)
        add("dynset expression", if: dynset.expressions.count == 1)
        add("dynset two expressions", if: dynset.expressions.count == 2)
    }
}

extension Meta {
    fileprivate var loads: Bool {
        if case .load = direction { true } else { false }
    }
}
