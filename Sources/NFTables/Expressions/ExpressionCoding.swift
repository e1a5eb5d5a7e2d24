import CNftnl
import Netlink

/// How one kind of expression is written through libnftnl and read from the kernel's attributes.
protocol ExpressionCoding: Sendable {
    /// The kernel's name for the kind.
    static var name: String { get }

    /// Fills the fields of an expression of this kind in.
    func build(_ expression: borrowing ExpressionBuilder)

    /// Reads the kernel's attributes; nil for a form of the expression that is not known here.
    init?(decoding attributes: borrowing AttributeTable) throws(NetlinkError)

    /// The same as one of the known expressions.
    var expression: Expression { get }
}

extension Payload {
    var expression: Expression { .payload(self) }
}

extension Meta {
    var expression: Expression { .meta(self) }
}

extension Conntrack {
    var expression: Expression { .conntrack(self) }
}

extension FIB {
    var expression: Expression { .fib(self) }
}

extension SocketLookup {
    var expression: Expression { .socket(self) }
}

extension Immediate {
    var expression: Expression { .immediate(self) }
}

extension Comparison {
    var expression: Expression { .comparison(self) }
}

extension RangeComparison {
    var expression: Expression { .range(self) }
}

extension Bitwise {
    var expression: Expression { .bitwise(self) }
}

extension ByteSwap {
    var expression: Expression { .byteOrder(self) }
}

extension Lookup {
    var expression: Expression { .lookup(self) }
}

extension NAT {
    var expression: Expression { .nat(self) }
}

extension Masquerade {
    var expression: Expression { .masquerade(self) }
}

extension Redirect {
    var expression: Expression { .redirect(self) }
}

extension Reject {
    var expression: Expression { .reject(self) }
}

extension NumberGenerator {
    var expression: Expression { .numberGenerator(self) }
}

extension PacketHash {
    var expression: Expression { .hash(self) }
}

extension DynamicSet {
    var expression: Expression { .dynamicSet(self) }
}

extension Counter {
    var expression: Expression { .counter(self) }
}

extension Limit {
    var expression: Expression { .limit(self) }
}

extension Quota {
    var expression: Expression { .quota(self) }
}

extension PacketLog {
    var expression: Expression { .log(self) }
}

extension NoTrack {
    var expression: Expression { .noTrack(self) }
}
