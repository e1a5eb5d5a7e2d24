extension RuleText {
    func text(_ reject: Reject) throws(NFTablesError) -> String {
        switch reject {
        case .tcpReset where facts.transport == PacketFacts.tcp: return "reject with tcp reset"
        case .icmpAny(let code) where family != .ip && family != .ip6:
            return "reject with icmpx \(code.word)"
        case .icmp(let code):
            switch facts.network {
            case .ip: return try text(code, "icmp", Self.codes4, usual: .icmpPortUnreachable)
            case .ip6: return try text(code, "icmpv6", Self.codes6, usual: .icmpv6PortUnreachable)
            default: break
            }
        default: break
        }
        throw .unwritable("a rejection that the packet may not fit")
    }

    private func text(
        _ code: UInt8, _ name: String, _ words: [UInt8: String], usual: Reject
    ) throws(NFTablesError) -> String {
        if .icmp(code: code) == usual, family == .ip || family == .ip6 { return "reject" }
        guard let word = words[code] else { throw .unwritable("\(name) code \(code)") }
        return "reject with \(name) \(word)"
    }

    private static let codes4: [UInt8: String] = [
        0: "net-unreachable", 1: "host-unreachable", 2: "prot-unreachable",
        3: "port-unreachable", 9: "net-prohibited", 10: "host-prohibited", 13: "admin-prohibited",
    ]
    private static let codes6: [UInt8: String] = [
        0: "no-route", 1: "admin-prohibited", 3: "addr-unreachable", 4: "port-unreachable",
        5: "policy-fail", 6: "reject-route",
    ]
}

extension Reject.AnyFamilyCode {
    fileprivate var word: String {
        switch self {
        case .noRoute: "no-route"
        case .portUnreachable: "port-unreachable"
        case .hostUnreachable: "host-unreachable"
        case .administrativelyProhibited: "admin-prohibited"
        }
    }
}
