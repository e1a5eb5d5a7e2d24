import CMnl
import CNftnl
import Netlink

extension Request {
    /// A request outside a batch: the reading ones.
    static func netfilter(
        _ operation: String, _ type: MessageType, _ family: Family? = nil, of subject: String = "",
        flags: Int32 = 0, _ body: (inout MessageWriter) -> Void = { _ in }
    ) -> Request {
        Request(
            operation, subject, type: Int(NFNL_SUBSYS_NFTABLES << 8 | type.rawValue), flags: flags
        ) { writer in
            // Family 0 is "unspecified": all of them.
            let header = nfgenmsg(
                nfgen_family: family?.rawValue ?? 0, version: UInt8(NFNETLINK_V0), res_id: 0)
            writer.putFixed(header)
            body(&writer)
        }
    }

    /// A request that lists objects.
    static func dump(
        _ operation: String, _ type: MessageType, _ family: Family?, of subject: String = "",
        _ body: (inout MessageWriter) -> Void = { _ in }
    ) -> Request {
        netfilter(operation, type, family, of: subject, flags: NLM_F_DUMP, body)
    }
}
