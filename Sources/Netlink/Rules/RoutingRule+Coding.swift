import CMnl
import Network

extension RoutingRule {
    func write(to writer: inout MessageWriter) {
        writer.putFixed(header)
        writer.put(FRA_PRIORITY, priority)
        if let destination { writer.put(FRA_DST, destination.address) }
        if let source { writer.put(FRA_SRC, source.address) }
        if let mark {
            writer.put(FRA_FWMARK, mark.value)
            writer.put(FRA_FWMASK, mark.mask)
        }
        if let input { writer.put(FRA_IIFNAME, string: input.rawValue) }
        if let output { writer.put(FRA_OIFNAME, string: output.rawValue) }
        if case .lookUp(let table) = action, table.headerNumber == nil {
            writer.put(FRA_TABLE, table.rawValue)
        }
        if case .jump(let priority) = action { writer.put(FRA_GOTO, priority) }
        writer.put(FRA_PROTOCOL, origin.rawValue)
        if let suppressedPrefixLength {
            writer.put(FRA_SUPPRESS_PREFIXLEN, suppressedPrefixLength)
        }
    }

    private var header: fib_rule_hdr {
        var header = fib_rule_hdr()
        header.family = family.number
        header.dst_len = destination?.prefixLength ?? 0
        header.src_len = source?.prefixLength ?? 0
        header.action = action.number
        if case .lookUp(let table) = action { header.table = table.headerNumber ?? 0 }
        if isInverted { header.flags = UInt32(FIB_RULE_INVERT) }
        return header
    }
}

extension RoutingRule: MessageDecodable {
    package init?(_ message: borrowing Message) throws(NetlinkError) {
        guard [RTM_NEWRULE, RTM_DELRULE].contains(Int(message.type)) else { return nil }
        let header = try message.fixed(fib_rule_hdr.self)
        guard let family = IPFamily(number: header.family) else { return nil }
        self.init(
            family, priority: 0,
            Action(number: header.action, table: RouteTable(rawValue: UInt32(header.table))),
            origin: .unspecified, isInverted: header.flags & UInt32(FIB_RULE_INVERT) != 0)
        var attributes = message.attributes(after: fib_rule_hdr.self)
        while let attribute = try attributes.next() {
            if try !readMatch(attribute, header) { try readOutcome(attribute) }
        }
    }

    /// Reads what packets the rule is for; false for what is something else.
    private mutating func readMatch(
        _ attribute: borrowing Attribute, _ header: fib_rule_hdr
    ) throws(NetlinkError) -> Bool {
        switch attribute.type {
        case FRA_DST: destination = try attribute.network(prefixLength: header.dst_len)
        case FRA_SRC: source = try attribute.network(prefixLength: header.src_len)
        case FRA_FWMARK: mark = Mark(try attribute.host(), mask: mark?.mask ?? .max)
        case FRA_FWMASK: mark = Mark(mark?.value ?? 0, mask: try attribute.host())
        case FRA_IIFNAME: input = InterfaceName(attribute.text())
        case FRA_OIFNAME: output = InterfaceName(attribute.text())
        default: return false
        }
        return true
    }

    private mutating func readOutcome(_ attribute: borrowing Attribute) throws(NetlinkError) {
        switch attribute.type {
        case FRA_PRIORITY: priority = try attribute.host()
        case FRA_TABLE:
            guard case .lookUp = action else { return }
            action = .lookUp(RouteTable(rawValue: try attribute.host()))
        case FRA_GOTO: action = .jump(try attribute.host())
        case FRA_PROTOCOL: origin = RouteProtocol(rawValue: try attribute.host())
        case FRA_SUPPRESS_PREFIXLEN:
            // All ones is how the kernel says that nothing is suppressed.
            let length: UInt32 = try attribute.host()
            suppressedPrefixLength = length == .max ? nil : length
        default: break
        }
    }
}

extension RoutingRule.Action {
    fileprivate var number: UInt8 {
        switch self {
        case .lookUp: UInt8(FR_ACT_TO_TBL)
        case .jump: UInt8(FR_ACT_GOTO)
        case .nothing: UInt8(FR_ACT_NOP)
        case .blackhole: UInt8(FR_ACT_BLACKHOLE)
        case .unreachable: UInt8(FR_ACT_UNREACHABLE)
        case .prohibit: UInt8(FR_ACT_PROHIBIT)
        case .other(let number): number
        }
    }

    fileprivate init(number: UInt8, table: RouteTable) {
        self =
            switch Int(number) {
            case FR_ACT_TO_TBL: .lookUp(table)
            // Where to is said by an attribute; without one the target is not there yet.
            case FR_ACT_GOTO: .jump(0)
            case FR_ACT_NOP: .nothing
            case FR_ACT_BLACKHOLE: .blackhole
            case FR_ACT_UNREACHABLE: .unreachable
            case FR_ACT_PROHIBIT: .prohibit
            default: .other(number)
            }
    }
}

extension Attribute {
    /// The network of an address whose prefix length the message's header holds.
    fileprivate func network(prefixLength: UInt8) throws(NetlinkError) -> CIDR {
        guard let network = CIDR(try address(), prefixLength: prefixLength) else {
            throw malformed("a prefix of \(prefixLength) bits")
        }
        return network
    }
}
