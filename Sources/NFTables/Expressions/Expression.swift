/// One step of a rule: it loads, compares, changes or decides.
package indirect enum Expression: Hashable, Sendable {
    case payload(Payload)
    case meta(Meta)
    case conntrack(Conntrack)
    case fib(FIB)
    case socket(SocketLookup)
    case immediate(Immediate)
    case comparison(Comparison)
    case range(RangeComparison)
    case bitwise(Bitwise)
    case byteOrder(ByteSwap)
    case lookup(Lookup)
    case nat(NAT)
    case masquerade(Masquerade)
    case redirect(Redirect)
    case reject(Reject)
    case numberGenerator(NumberGenerator)
    case hash(PacketHash)
    case dynamicSet(DynamicSet)
    case counter(Counter)
    case limit(Limit)
    case quota(Quota)
    case log(PacketLog)
    case noTrack(NoTrack)
    /// An expression that Weft does not know: its name and its attributes as they came.
    case unknown(name: String, attributes: [UInt8])
}

extension Expression {
    /// Every kind of expression that can be written and read back.
    static let kinds: [any ExpressionCoding.Type] = [
        Payload.self,
        Meta.self,
        Conntrack.self,
        FIB.self,
        SocketLookup.self,
        Immediate.self,
        Comparison.self,
        RangeComparison.self,
        Bitwise.self,
        ByteSwap.self,
        Lookup.self,
        NAT.self,
        Masquerade.self,
        Redirect.self,
        Reject.self,
        NumberGenerator.self,
        PacketHash.self,
        DynamicSet.self,
        Counter.self,
        Limit.self,
        Quota.self,
        PacketLog.self,
        NoTrack.self,
    ]

    /// What is written, or nil for what Weft does not know.
    var coding: (any ExpressionCoding)? {
        switch self {
        case .payload(let expression): expression
        case .meta(let expression): expression
        case .conntrack(let expression): expression
        case .fib(let expression): expression
        case .socket(let expression): expression
        case .immediate(let expression): expression
        case .comparison(let expression): expression
        case .range(let expression): expression
        case .bitwise(let expression): expression
        case .byteOrder(let expression): expression
        case .lookup(let expression): expression
        case .nat(let expression): expression
        case .masquerade(let expression): expression
        case .redirect(let expression): expression
        case .reject(let expression): expression
        case .numberGenerator(let expression): expression
        case .hash(let expression): expression
        case .dynamicSet(let expression): expression
        case .counter(let expression): expression
        case .limit(let expression): expression
        case .quota(let expression): expression
        case .log(let expression): expression
        case .noTrack(let expression): expression
        case .unknown: nil
        }
    }

    /// The kernel's name for the kind of expression.
    package var name: String {
        if case .unknown(let name, _) = self { return name }
        return coding.map { type(of: $0).name } ?? ""
    }
}
