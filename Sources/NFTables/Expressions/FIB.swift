import CNftnl
import Netlink

/// Asks the routing table about a packet's address.
package struct FIB: Hashable, Sendable {
    /// What to ask for.
    package enum Result: UInt32, Sendable {
        case outputInterface = 1
        case outputName = 2
        /// Local, unicast, broadcast, …: the type of the route to the address.
        case addressKind = 3
    }

    /// What to look up and what to take into account; the kernel's bits.
    package struct Flags: OptionSet, Hashable, Sendable {
        package let rawValue: UInt32
        package init(rawValue: UInt32) { self.rawValue = rawValue }

        package static let sourceAddress = Flags(rawValue: NFTA_FIB_F_SADDR.rawValue)
        package static let destinationAddress = Flags(rawValue: NFTA_FIB_F_DADDR.rawValue)
        package static let mark = Flags(rawValue: NFTA_FIB_F_MARK.rawValue)
        package static let inputInterface = Flags(rawValue: NFTA_FIB_F_IIF.rawValue)
        package static let outputInterface = Flags(rawValue: NFTA_FIB_F_OIF.rawValue)
        /// Only whether there is a route, as a boolean.
        package static let present = Flags(rawValue: NFTA_FIB_F_PRESENT.rawValue)
    }

    package var result: Result
    package var flags: Flags
    package var register: Register

    package init(_ result: Result, of flags: Flags, into register: Register = 0) {
        self.result = result
        self.flags = flags
        self.register = register
    }
}

extension FIB: ExpressionCoding {
    static let name = "fib"

    func build(_ expression: borrowing ExpressionBuilder) {
        expression.set(NFTNL_EXPR_FIB_RESULT, result.rawValue)
        expression.set(NFTNL_EXPR_FIB_FLAGS, flags.rawValue)
        expression.set(NFTNL_EXPR_FIB_DREG, register)
    }

    init?(decoding attributes: borrowing AttributeTable) throws(NetlinkError) {
        guard let result = Result(rawValue: try attributes.require(NFTA_FIB_RESULT)) else {
            return nil
        }
        self.init(
            result, of: Flags(rawValue: try attributes.require(NFTA_FIB_FLAGS)),
            into: try attributes.requireRegister(NFTA_FIB_DREG))
    }
}
