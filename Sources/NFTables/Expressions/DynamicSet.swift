import CNftnl
import Netlink

/// Adds, refreshes or deletes a set's element from the packet path.
package struct DynamicSet: Hashable, Sendable {
    package enum Operation: UInt32, Sendable {
        /// Adds the element if it is absent; the rule ends when the set is full.
        case add = 0
        /// Adds the element or restarts its timeout.
        case update = 1
        case delete = 2
    }

    package var set: String
    package var operation: Operation
    package var key: Register
    /// The data a map's new element gets.
    package var data: Register?
    /// Milliseconds until the element goes; nil for the set's own.
    package var timeout: UInt64?
    /// What each new element carries: counters, limits, quotas.
    package var expressions: [Expression]

    package init(
        _ operation: Operation, _ set: String, key: Register = 0, data: Register? = nil,
        timeout: UInt64? = nil, expressions: [Expression] = []
    ) {
        self.set = set
        self.operation = operation
        self.key = key
        self.data = data
        self.timeout = timeout
        self.expressions = expressions
    }
}

extension DynamicSet: ExpressionCoding {
    static let name = "dynset"

    func build(_ expression: borrowing ExpressionBuilder) {
        expression.set(NFTNL_EXPR_DYNSET_SET_NAME, set)
        expression.set(NFTNL_EXPR_DYNSET_OP, operation.rawValue)
        expression.set(NFTNL_EXPR_DYNSET_SREG_KEY, key)
        if let data { expression.set(NFTNL_EXPR_DYNSET_SREG_DATA, data) }
        if let timeout { expression.set(NFTNL_EXPR_DYNSET_TIMEOUT, timeout) }
        guard !expressions.isEmpty else { return }
        // Several need a flag that kernels before 5.11 refuse; one is understood by all.
        if expressions.count > 1 {
            expression.set(NFTNL_EXPR_DYNSET_FLAGS, NFT_DYNSET_F_EXPR.rawValue)
        }
        for inner in expressions { expression.add(NFTNL_EXPR_DYNSET_EXPRESSIONS, inner) }
    }

    init?(decoding attributes: borrowing AttributeTable) throws(NetlinkError) {
        guard let operation = Operation(rawValue: try attributes.require(NFTA_DYNSET_OP)) else {
            return nil
        }
        // The kernel reports "the set's own" as zero.
        let timeout: UInt64 = try attributes.number(NFTA_DYNSET_TIMEOUT) ?? 0
        self.init(
            operation, try attributes.requireString(NFTA_DYNSET_SET_NAME),
            key: try attributes.requireRegister(NFTA_DYNSET_SREG_KEY),
            data: try attributes.register(NFTA_DYNSET_SREG_DATA),
            timeout: timeout == 0 ? nil : timeout,
            expressions: try attributes.expressions(
                one: NFTA_DYNSET_EXPR, many: NFTA_DYNSET_EXPRESSIONS))
    }
}
