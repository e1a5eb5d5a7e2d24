package import Netlink
package import Platform

/// A ruleset operation that failed: which command of the transaction, on what, and why.
package struct NFTablesError: Error, Hashable, Sendable {
    package enum Code: Hashable, Sendable {
        /// The kernel (or the fake one) refused a command; nothing of the transaction was applied.
        case refused(Errno)
        /// The ruleset changed since the generation the transaction was made for.
        case generationMismatch
        /// A value no message can carry: a name too long, a value of the wrong size.
        case invalid
        /// The running kernel lacks a feature.
        case unsupported
        /// The netlink socket failed, or an answer was lost or malformed.
        case netlink(NetlinkError.Code)
    }

    package let code: Code
    /// What was attempted, as the transaction prints it: "add rule inet weft services".
    package let operation: String
    /// The command's place in the transaction, where one command is to blame.
    package let command: Int?
    /// The kernel's own words, or ours.
    package let text: String

    package init(_ code: Code, _ operation: String, command: Int? = nil, text: String = "") {
        self.code = code
        self.operation = operation
        self.command = command
        self.text = text
    }

    package init(_ error: NetlinkError, _ operation: String? = nil) {
        let code: Code = error.refusal.map { .refused($0) } ?? .netlink(error.code)
        self.init(code, operation ?? error.operation, text: error.text)
    }

    /// The kernel's error number, where it gave one.
    package var errno: Errno? {
        switch code {
        case .refused(let errno): errno
        case .netlink(.socket(let errno)): errno
        default: nil
        }
    }
}

extension NetlinkError {
    fileprivate var refusal: Errno? {
        if case .refused(let errno) = code { errno } else { nil }
    }
}

extension NFTablesError: CustomStringConvertible {
    package var description: String {
        let place = command.map { " (command \($0 + 1) of the transaction)" } ?? ""
        return "nftables: \(operation)\(place): \(reason)\(text.isEmpty ? "" : ": \(text)")"
    }

    private var reason: String {
        switch code {
        case .refused(let errno): advice(errno).map { "\(errno) (\($0))" } ?? "\(errno)"
        case .generationMismatch: "the ruleset was changed by somebody else; read it again"
        case .invalid: "invalid value"
        case .unsupported: "not supported by this kernel"
        case .netlink(let code): NetlinkError(code, "netlink").description
        }
    }

    private func advice(_ errno: Errno) -> String? {
        switch errno {
        case .notPermitted: "run with CAP_NET_ADMIN, and check that no other process owns the table"
        case .noSuchEntry: "an object it names does not exist, or the kernel lacks the module"
        case .busy: "something still refers to it"
        case .tooManyOpenFilesInSystem: "the set is full: its size is too small"
        default: nil
        }
    }
}
