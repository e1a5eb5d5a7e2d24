import CNftnl
import Netlink

extension Expression {
    private static let kindsByName: [String: any ExpressionCoding.Type] = Dictionary(
        uniqueKeysWithValues: kinds.map { ($0.name, $0) })

    /// Reads one element of a list of expressions.
    init(decoding attributes: borrowing AttributeTable) throws(NetlinkError) {
        let name = try attributes.requireString(NFTA_EXPR_NAME)
        // An expression without parameters (notrack) comes without data.
        guard let content = attributes.bytes(NFTA_EXPR_DATA) else {
            self = try Self.decode(name, Span<UInt8>())
            return
        }
        self = try Self.decode(name, content)
    }

    private static func decode(
        _ name: String, _ content: Span<UInt8>
    ) throws(NetlinkError) -> Expression {
        let known = try kindsByName[name]?.init(decoding: AttributeTable(content))
        return known?.expression ?? .unknown(name: name, attributes: content.copied())
    }
}

extension AttributeTable {
    /// The expressions of a list; none when the attribute is absent.
    func expressions(
        _ type: some RawRepresentable<UInt32>
    ) throws(NetlinkError) -> [Expression] {
        guard let list = bytes(type) else { return [] }
        var expressions = [Expression]()
        var elements = Attributes(list)
        while let element = try elements.next() {
            expressions.append(try Expression(decoding: AttributeTable(element.bytes)))
        }
        return expressions
    }

    /// What an element carries: one expression in an old attribute, or several in a newer one.
    func expressions(
        one: some RawRepresentable<UInt32>, many: some RawRepresentable<UInt32>
    ) throws(NetlinkError) -> [Expression] {
        guard let single = try table(one) else { return try expressions(many) }
        return [try Expression(decoding: single)]
    }
}
