import Platform

extension Expression {
    /// Whether the kernel walks the table after a rule with this expression is added.
    var isValidated: Bool {
        switch self {
        case .immediate, .lookup, .nat, .masquerade, .redirect, .reject, .fib, .socket, .meta: true
        default: false
        }
    }

    /// Throws what the kernel says to the expression where packets come from a base chain.
    func validate(below base: Chain.Base, in family: Family) throws(Errno) {
        guard let hooks = try allowedHooks(below: base, in: family) else { return }
        if !hooks.contains(base.hook.namesake(in: family)) { throw .notSupported }
    }

    private func allowedHooks(
        below base: Chain.Base, in family: Family
    ) throws(Errno) -> Set<Chain.Hook>? {
        switch self {
        case .nat, .masquerade, .redirect:
            guard [.ip, .ip6, .inet].contains(family), base.kind == .nat else {
                throw .notSupported
            }
            return translationHooks
        case .reject: return Self.rejectHooks(in: family)
        case .fib(let fib): return fib.hooks
        case .socket: return [.prerouting, .input, .output]
        case .meta(let meta): return try meta.hooks(in: family)
        default: return nil
        }
    }

    private var translationHooks: Set<Chain.Hook>? {
        switch self {
        case .nat(let nat):
            nat.kind == .source ? [.postrouting, .input] : [.prerouting, .output]
        case .masquerade: [.postrouting]
        case .redirect: [.prerouting, .output]
        default: nil
        }
    }

    private static func rejectHooks(in family: Family) -> Set<Chain.Hook> {
        switch family {
        case .netdev: [.prerouting]
        case .inet: [.input, .forward, .output, .prerouting, .ingress]
        default: [.input, .forward, .output, .prerouting]
        }
    }
}

extension Chain.Hook {
    /// The hook of IP packets whose rules hold at a device's.
    fileprivate func namesake(in family: Family) -> Chain.Hook {
        switch (family, self) {
        case (.netdev, .ingress): .prerouting
        case (.netdev, .egress): .postrouting
        default: self
        }
    }
}

extension FIB {
    fileprivate var hooks: Set<Chain.Hook> {
        if result != .addressKind || flags.contains(.inputInterface) {
            return [.prerouting, .input, .forward]
        }
        if flags.contains(.outputInterface) { return [.output, .postrouting, .forward] }
        return [.prerouting, .input, .forward, .output, .postrouting]
    }
}

extension Meta {
    fileprivate func hooks(in family: Family) throws(Errno) -> Set<Chain.Hook>? {
        guard case .store = direction, key == .packetType else { return nil }
        switch family {
        case .netdev: return [.prerouting]
        case .arp: throw .notSupported
        default: return [.prerouting]
        }
    }
}
