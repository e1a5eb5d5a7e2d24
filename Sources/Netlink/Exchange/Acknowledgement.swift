import CMnl
package import Platform

/// The kernel's last word on a request: success or an error number, and its own words.
package struct Acknowledgement: Hashable, Sendable {
    /// The error, or nil for success.
    package let errno: Errno?
    /// The extended acknowledgement's text, which a success may carry too (a warning).
    package let text: String

    /// Reads the message that ends a request (NLMSG_ERROR).
    package init(_ message: borrowing Message) throws(NetlinkError) {
        let code: Int32 = try Self.code(message.payload)
        // Wrapping, as the smallest number has no opposite.
        errno = code == 0 ? nil : Errno(rawValue: 0 &- code)
        text = try Self.text(message, after: Self.echoedBytes(message))
    }

    /// Reads the message that ends a dump (NLMSG_DONE), whose error number old kernels leave out.
    package init(done message: borrowing Message) throws(NetlinkError) {
        let code: Int32 = message.payload.isEmpty ? 0 : try Self.code(message.payload)
        errno = code < 0 ? Errno(rawValue: 0 &- code) : nil
        text = try Self.text(message, after: MemoryLayout<Int32>.size)
    }

    private static func code(_ payload: Span<UInt8>) throws(NetlinkError) -> Int32 {
        guard payload.count >= MemoryLayout<Int32>.size else {
            throw NetlinkError(.malformed, "read acknowledgement", text: "no error number")
        }
        return payload.hostOrder(at: 0)
    }

    /// The error number and what follows it: the request's header, or all of the request.
    private static func echoedBytes(_ message: borrowing Message) -> Int {
        let header = MemoryLayout<nlmsgerr>.size
        let isCapped = message.flags & UInt16(NLM_F_CAPPED) != 0
        guard !isCapped, message.payload.count >= header else { return header }
        let request = Int(message.payload.hostOrder(at: MemoryLayout<Int32>.size) as UInt32)
        // A success echoes only the header, whatever the request's length says.
        let failed = (message.payload.hostOrder(at: 0) as Int32) != 0
        return failed ? header + max(0, request - MemoryLayout<nlmsghdr>.size) : header
    }

    private static func text(
        _ message: borrowing Message, after offset: Int
    ) throws(NetlinkError) -> String {
        guard message.flags & UInt16(NLM_F_ACK_TLVS) != 0, offset < message.payload.count else {
            return ""
        }
        let attributes = Attributes(message.payload.extracting(offset..<message.payload.count))
        let wanted = Int(NLMSGERR_ATTR_MSG.rawValue)
        return try attributes.first(wanted)?.string() ?? ""
    }
}
