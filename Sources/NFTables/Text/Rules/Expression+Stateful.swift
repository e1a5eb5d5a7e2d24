extension Expression {
    /// What rules, sets and elements carry alike.
    func statefulText() throws(NFTablesError) -> String {
        switch self {
        case .counter(let counter): "counter packets \(counter.packets) bytes \(counter.bytes)"
        case .limit(let limit): limit.nftText
        case .quota(let quota): quota.nftText
        default: throw .unwritable("expression \(name)")
        }
    }
}

extension Limit {
    fileprivate var nftText: String {
        let over = isInverted ? "over " : ""
        let unit = unit == .bytes ? "bytes" : "packets"
        let number = self.unit == .bytes ? "\(rate) bytes" : "\(rate)"
        let burst = burst == 0 ? "" : " burst \(burst) \(unit)"
        return "limit rate \(over)\(number)/\(period)\(burst)"
    }
}

extension Quota {
    fileprivate var nftText: String {
        let used = consumed == 0 ? "" : " used \(consumed) bytes"
        return "quota \(isInverted ? "over " : "")\(bytes) bytes\(used)"
    }
}

extension PacketLog {
    private static let levels = [
        "emerg", "alert", "crit", "err", "warn", "notice", "info", "debug",
    ]
    /// NF_LOG_*: what of the packet is printed.
    private static let flagWords: [(UInt32, String)] = [
        (0x01, "tcp sequence"), (0x02, "tcp options"), (0x04, "ip options"), (0x08, "skuid"),
        (0x20, "ether"),
    ]

    func nftText() throws(NFTablesError) -> String {
        var start = "log"
        if let prefix { start += " prefix \(try prefix.nftQuoted())" }
        switch target {
        case .group(let group, let snapLength, let threshold):
            return "\(start) group \(group)"
                + (snapLength.map { " snaplen \($0)" } ?? "")
                + (threshold.map { " queue-threshold \($0)" } ?? "")
        case .kernel(let level, let flags):
            guard Int(level) < Self.levels.count else { throw .unwritable("log level \(level)") }
            let word = level == Self.warning ? "" : " level \(Self.levels[Int(level)])"
            return start + word + (try Self.text(flags))
        }
    }

    private static func text(_ flags: UInt32) throws(NFTablesError) -> String {
        let named = flagWords.filter { flags & $0.0 != 0 }
        guard named.reduce(0, { $0 | $1.0 }) == flags else { throw .unwritable("log flags") }
        if named.isEmpty { return "" }
        if named.count == flagWords.count { return " flags all" }
        return named.map { " flags \($0.1)" }.joined()
    }
}
