package import Platform

/// A netlink request that failed, or an answer that could not be understood.
package struct NetlinkError: Error, Hashable, Sendable {
    package enum Code: Hashable, Sendable {
        /// The kernel refused the request.
        case refused(Errno)
        /// The kernel was built without what the request needs, or its module is not loaded.
        case unsupported(Errno)
        /// The socket itself failed.
        case socket(Errno)
        /// The kernel dropped answers or events: what happened is unknown until read again.
        case overrun
        /// A dump changed under our eyes each time it was tried.
        case interrupted
        /// The kernel sent no answer to a request.
        case unanswered
        /// An answer is cut short or contradicts its own lengths.
        case malformed
        /// A value that no request can carry (a name too long, a NUL inside).
        case invalid
    }

    package let code: Code
    /// What was attempted: "create link", "list routes".
    package let operation: String
    /// The object it was attempted on: "veth0", "10.0.0.0/24 dev eth0".
    package let subject: String
    /// The kernel's own words (extended acknowledgement), or ours for the codes that are ours.
    package let text: String

    package init(_ code: Code, _ operation: String, _ subject: String = "", text: String = "") {
        self.code = code
        self.operation = operation
        self.subject = subject
        self.text = text
    }

    package init(_ error: PlatformError) {
        self.init(.socket(error.code), error.operation, error.subject)
    }

    /// The kernel's error number, where the kernel gave one.
    package var errno: Errno? {
        switch code {
        case .refused(let errno), .unsupported(let errno), .socket(let errno): errno
        default: nil
        }
    }
}

extension NetlinkError: CustomStringConvertible {
    package var description: String {
        let what = subject.isEmpty ? operation : "\(operation) \(subject)"
        return text.isEmpty ? "\(what): \(reason)" : "\(what): \(reason): \(text)"
    }

    private var reason: String {
        switch code {
        case .refused(let errno), .socket(let errno): PlatformError(errno, "").reason
        case .unsupported: "not supported"
        case .overrun: "the kernel dropped answers; read the state again"
        case .interrupted: "the objects kept changing while they were listed; try again"
        case .unanswered: "the kernel did not answer"
        case .malformed: "the kernel's answer is malformed"
        case .invalid: "invalid value"
        }
    }
}
