import NFTables
import Network

/// Sends a connection's first packet through a table as the kernel holds it, rule by rule.
///
/// Where rules count or hash, it goes every way there is, so that what comes out are shares.
struct RulesetWalk {
    let table: ProxyTable
    private let contents: HeldTable.Contents
    private let isLocal: (IPAddress) -> Bool
    var sets: WalkedSets
    private(set) var outcome = Outcome()
    /// The way of the first turn.
    private(set) var path: [String] = []
    private(set) var visited: Set<String> = []
    /// How it chose between ways.
    private(set) var kinds: Set<Rotation.Kind> = []
    /// Why the walk ends early: something that no rule of the proxy does.
    private(set) var obstacle: String?

    init(
        _ contents: HeldTable.Contents, of table: ProxyTable,
        isLocal: @escaping (IPAddress) -> Bool
    ) {
        self.table = table
        self.contents = contents
        self.isLocal = isLocal
        sets = WalkedSets(contents)
    }

    /// What a step does with the packet.
    enum Effect {
        case goOn
        /// The rule does not apply.
        case stop
        case verdict(Verdict)
        case end(Outcome.Fate)
        case part(Rotation.Kind, ClosedRange<UInt32>, into: Register)
        case translate(NAT)
        case masquerade
        case obstacle(String)
    }
}

extension RulesetWalk {
    mutating func walk(_ connection: Connection) {
        let entry: Chain.Hook = isLocal(connection.sender) ? .output : .prerouting
        let state = WalkState(
            WalkedPacket(connection), hooks: [baseChains(entry), baseChains(.postrouting)])
        var waiting = [state]
        while let next = waiting.popLast(), obstacle == nil { follow(next, &waiting) }
    }

    private func baseChains(_ hook: Chain.Hook) -> [String] {
        contents.chains.filter { $0.value.base?.hook == hook }
            .sorted { ($0.value.base?.priority ?? 0) < ($1.value.base?.priority ?? 0) }
            .map(\.key)
    }

    private mutating func follow(_ start: WalkState, _ waiting: inout [WalkState]) {
        var state = start
        while let place = state.place {
            visited.insert(place.chain)
            let rules = contents.chains[place.chain]?.rules ?? []
            guard place.rule < rules.count else {
                state.leaveChain()
                continue
            }
            guard place.step < rules[place.rule].count else {
                state.nextRule()
                continue
            }
            state.nextStep()
            let effect = effect(of: rules[place.rule][place.step], &state)
            if apply(effect, at: place, &state, &waiting) { return }
        }
        finish(state, .untouched)
    }

    /// Whether this way has ended, or parted into others.
    private mutating func apply(
        _ effect: Effect, at place: WalkState.Place, _ state: inout WalkState,
        _ waiting: inout [WalkState]
    ) -> Bool {
        switch effect {
        case .goOn: return false
        case .stop: state.nextRule()
        case .verdict(.drop), .end(.dropped):
            finish(state, .dropped)
            return true
        case .verdict(let verdict): turn(verdict, &state)
        case .end(let fate):
            finish(state, fate)
            return true
        case .part(let kind, let numbers, let register):
            kinds.insert(kind)
            part(state, numbers, register, &waiting)
            return true
        case .translate(let nat): translate(nat, &state)
        case .masquerade:
            state.isMasqueraded = true
            state.leaveHook()
        case .obstacle(let text):
            obstacle = "rule \(place.rule + 1) of chain \(place.chain) \(text)"
            return true
        }
        return false
    }

    private func turn(_ verdict: Verdict, _ state: inout WalkState) {
        switch verdict {
        case .jump(let chain), .goto(let chain):
            state.enter(chain, comingBack: verdict == .jump(chain))
        case .return: state.leaveChain()
        case .continue: state.nextRule()
        case .accept, .drop: state.leaveBaseChain()
        }
    }

    private func part(
        _ state: WalkState, _ numbers: ClosedRange<UInt32>, _ register: Register,
        _ waiting: inout [WalkState]
    ) {
        for number in numbers.reversed() {
            var next = state
            next.isTold = state.isTold && number == numbers.lowerBound
            next.store(Value(host: number), into: register)
            waiting.append(next)
        }
    }

    private mutating func translate(_ nat: NAT, _ state: inout WalkState) {
        guard let address = nat.address, let port = nat.port, nat.kind == .destination,
            state.packet.translate(
                to: state.load(address.lower, Value(state.packet.destination).count),
                state.load(port.lower, 2))
        else {
            obstacle = "a rule translates in a way that the proxy does not"
            return
        }
        state.isTranslated = true
        state.leaveHook()
    }

    private mutating func finish(_ state: WalkState, _ fate: Outcome.Fate) {
        let packet = state.packet
        let backend = BackendEndpoint(address: packet.destination, port: packet.port)
        let final = fate == .untouched && state.isTranslated ? .translated(backend) : fate
        outcome.add(
            Outcome.Ending(
                fate: final, isMasqueraded: fate == .untouched && state.isMasqueraded))
        if state.isTold { path = state.path }
    }
}

extension RulesetWalk {
    func isLocalAddress(_ address: IPAddress) -> Bool { isLocal(address) }
}
