import NFTables
import Network

extension RulesetWalk {
    /// What a step of a rule does; registers and the packet are changed here.
    mutating func effect(of step: Expression, _ state: inout WalkState) -> Effect {
        switch step {
        case .payload(let payload):
            return load(state.packet.bytes(payload), payload.register, step, &state)
        case .meta(let meta): return effect(of: meta, step, &state)
        case .conntrack(let conntrack): return effect(of: conntrack, step, &state)
        case .fib(let fib): return effect(of: fib, step, &state)
        case .immediate(.value(let value, let register)):
            state.store(value, into: register)
            return .goOn
        case .immediate(.verdict(let verdict)): return .verdict(verdict)
        case .comparison(let comparison): return effect(of: comparison, state)
        case .bitwise(let bitwise): return effect(of: bitwise, step, &state)
        case .lookup(let lookup): return effect(of: lookup, &state)
        case .numberGenerator(let numbers):
            return .part(
                numbers.kind == .random ? .random : .inTurn,
                numbers.offset...numbers.offset + max(1, numbers.modulus) - 1,
                into: numbers.register)
        case .hash(let hash):
            return .part(
                .bySource, hash.offset...hash.offset + max(1, hash.modulus) - 1,
                into: hash.register)
        case .nat(let nat): return .translate(nat)
        case .masquerade: return .masquerade
        case .reject: return .end(.refused)
        // It counts, or remembers for other packets.
        case .counter, .dynamicSet, .log: return .goOn
        default: return unexpected(step)
        }
    }

    private func unexpected(_ step: Expression) -> Effect { .obstacle("has \(step)") }

    private func load(
        _ value: Value?, _ register: Register, _ step: Expression, _ state: inout WalkState
    ) -> Effect {
        guard let value else { return unexpected(step) }
        state.store(value, into: register)
        return .goOn
    }

    private func effect(of meta: Meta, _ step: Expression, _ state: inout WalkState) -> Effect {
        switch meta.direction {
        case .load(let register):
            return load(state.packet.value(meta.key), register, step, &state)
        case .store(let register):
            let value = state.load(register, Value.registerSize)
            return state.packet.set(meta.key, value) ? .goOn : unexpected(step)
        }
    }

    private func effect(
        of conntrack: Conntrack, _ step: Expression, _ state: inout WalkState
    ) -> Effect {
        switch conntrack.direction {
        case .load(let register):
            return load(state.packet.value(conntrack.key), register, step, &state)
        case .store(let register):
            guard conntrack.key == .mark else { return unexpected(step) }
            state.packet.connectionMark = state.load(register, Value.registerSize)
            return .goOn
        }
    }

    private func effect(of fib: FIB, _ step: Expression, _ state: inout WalkState) -> Effect {
        let addresses: [FIB.Flags: IPAddress] = [
            .sourceAddress: state.packet.source, .destinationAddress: state.packet.destination,
        ]
        guard fib.result == .addressKind, let address = addresses[fib.flags] else {
            return unexpected(step)
        }
        /// RTN_UNICAST and RTN_LOCAL.
        let kind: UInt32 = isLocalAddress(address) ? 2 : 1
        state.store(Value(host: kind), into: fib.register)
        return .goOn
    }

    private func effect(of comparison: Comparison, _ state: WalkState) -> Effect {
        let (left, right) = (
            state.load(comparison.register, comparison.value.count), comparison.value
        )
        let holds =
            switch comparison.operator {
            case .equal: left == right
            case .notEqual: left != right
            case .less: left < right
            case .lessOrEqual: left <= right
            case .greater: left > right
            case .greaterOrEqual: left >= right
            }
        return holds ? .goOn : .stop
    }

    private func effect(
        of bitwise: Bitwise, _ step: Expression, _ state: inout WalkState
    ) -> Effect {
        guard case .maskAndXor(let mask, let xor) = bitwise.operation else {
            return unexpected(step)
        }
        let value = state.load(bitwise.source, Int(bitwise.length))
        var result = Value()
        for index in 0..<value.count where index < mask.count && index < xor.count {
            result.append(value[index] & mask[index] ^ xor[index])
        }
        state.store(result, into: bitwise.destination)
        return .goOn
    }

    private mutating func effect(of lookup: Lookup, _ state: inout WalkState) -> Effect {
        guard let set = ProxySet(rawValue: lookup.set) else {
            return .obstacle("looks into \(lookup.set), which is none of the proxy's sets")
        }
        let key = state.load(lookup.key, sets.keyLength(set))
        switch (lookup.use, sets.look(up: key, in: set)) {
        case (.notMember, .absent), (.member, .member), (.member, .data): return .goOn
        case (.data(let register), .data(.value(let value))):
            state.tell(table.words(set, key, .value(value)))
            state.store(value, into: register)
            return .goOn
        case (.verdict, .data(.verdict(let verdict))):
            state.tell(table.words(set, key, .verdict(verdict)))
            return .verdict(verdict)
        default: return .stop
        }
    }
}
