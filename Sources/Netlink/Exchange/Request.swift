import CMnl

/// One netlink request as a value: a complete message that waits for its sequence number.
package struct Request: Sendable, Hashable {
    /// What is attempted, for errors: "create link".
    package let operation: String
    /// The object it is attempted on, for errors: "veth0".
    package let subject: String
    /// The message as the kernel will get it, its sequence number still zero.
    package let message: [UInt8]
    /// What the kernel must have been built with for it, the most likely to lack first.
    package private(set) var needs: [KernelFeature] = []

    package init(
        _ operation: String, _ subject: String = "", type: Int, flags: Int32 = 0,
        _ body: (inout MessageWriter) -> Void
    ) {
        self.operation = operation
        self.subject = subject
        var writer = MessageWriter()
        // Every request is acknowledged, so that each has an end that can be waited for.
        writer.begin(
            type: UInt16(truncatingIfNeeded: type),
            flags: UInt16(truncatingIfNeeded: flags | NLM_F_ACK))
        body(&writer)
        message = writer.bytes.copied()
    }

    /// The same request, which a kernel without these features refuses.
    package func needing(_ features: KernelFeature...) -> Request {
        var request = self
        request.needs += features
        return request
    }

    /// An error about this request.
    package func error(_ code: NetlinkError.Code, text: String = "") -> NetlinkError {
        NetlinkError(code, operation, subject, text: text)
    }
}
