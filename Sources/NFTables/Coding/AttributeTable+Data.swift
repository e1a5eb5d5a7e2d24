import CNftnl
import Netlink

extension AttributeTable {
    /// The value in an NFTA_DATA level; nil when it holds a verdict instead.
    var value: Value? {
        get throws(NetlinkError) {
            guard let content = bytes(NFTA_DATA_VALUE) else { return nil }
            guard content.count <= Value.maximumLength else {
                throw NetlinkError(
                    .malformed, "read value", text: "\(content.count) bytes in one value")
            }
            return Value(bytes: content)
        }
    }

    /// The verdict in an NFTA_DATA level; nil when it holds a value instead.
    var verdict: Verdict? {
        get throws(NetlinkError) {
            guard let content = try table(NFTA_DATA_VERDICT) else { return nil }
            let code = Int32(bitPattern: try content.require(NFTA_VERDICT_CODE, as: UInt32.self))
            let chain = try content.string(NFTA_VERDICT_CHAIN)
            guard let verdict = Verdict(code: code, chain: chain) else {
                throw NetlinkError(.malformed, "read verdict", text: "unknown code \(code)")
            }
            return verdict
        }
    }
}
