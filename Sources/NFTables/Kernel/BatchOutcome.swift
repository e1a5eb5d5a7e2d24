import CMnl
import Netlink
import Platform

/// What the kernel's answers to a batch add up to.
struct BatchOutcome {
    /// The first command the kernel refused: its message's sequence number, and why.
    struct Failure {
        let sequence: UInt32
        let errno: Errno
        let text: String
    }

    private let acknowledged: UInt32
    private(set) var isAcknowledged = false
    private(set) var failure: Failure?

    init(acknowledged: UInt32) { self.acknowledged = acknowledged }

    /// Takes one answer in; the kernel may report several refused commands, in any order.
    mutating func receive(_ message: borrowing Message) throws(NetlinkError) {
        guard Int32(message.type) == NLMSG_ERROR else { return }
        let end = try Acknowledgement(message)
        guard let errno = end.errno else {
            isAcknowledged = isAcknowledged || message.sequence == acknowledged
            return
        }
        if let failure, failure.sequence <= message.sequence { return }
        failure = Failure(sequence: message.sequence, errno: errno, text: end.text)
    }
}

extension BatchOutcome.Failure {
    /// The failure in terms of the transaction's commands.
    func error(_ command: Int?, in transaction: Transaction) -> NFTablesError {
        guard let command else {
            let code: NFTablesError.Code =
                errno == .restart ? .generationMismatch : .refused(errno)
            return NFTablesError(code, "apply transaction", text: text)
        }
        return NFTablesError(
            .refused(errno), transaction.commands[command].title, command: command, text: text)
    }
}
