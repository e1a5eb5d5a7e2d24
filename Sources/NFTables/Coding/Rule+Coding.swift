import CNftnl
import Netlink

extension Rule {
    func write(into writer: inout MessageWriter) throws(NFTablesError) {
        guard expressions.count <= Self.maximumExpressions else {
            throw NFTablesError(
                .invalid, "add rule \(chain)",
                text: "\(expressions.count) expressions; the kernel takes "
                    + "\(Self.maximumExpressions)")
        }
        writer.put(NFTA_RULE_TABLE, string: chain.table.name)
        writer.put(NFTA_RULE_CHAIN, string: chain.name)
        try writer.put(NFTA_RULE_EXPRESSIONS, expressions: expressions)
        if let comment { try writer.put(NFTA_RULE_USERDATA, comment: comment) }
    }
}

extension InstalledRule {
    init?(_ message: borrowing Message) throws(NetlinkError) {
        guard let family = try message.family else { return nil }
        let attributes = try message.table()
        let table = TableName(family, try attributes.requireString(NFTA_RULE_TABLE))
        let chain = ChainName(table, try attributes.requireString(NFTA_RULE_CHAIN))
        self.init(
            handle: RuleHandle(rawValue: try attributes.require(NFTA_RULE_HANDLE)),
            rule: Rule(
                chain, try attributes.expressions(NFTA_RULE_EXPRESSIONS),
                comment: attributes.comment(NFTA_RULE_USERDATA)))
    }
}
