import CMnl
import Netlink
import Platform

/// What the kernel's answers to a batch add up to.
struct BatchOutcome {
    /// The first message the kernel refused, and why.
    struct Failure {
        /// The message's place in the batch.
        let position: Int
        let errno: Errno
        let text: String
    }

    private let firstSequence: UInt32
    private let messageCount: Int
    private(set) var isAcknowledged = false
    private(set) var failure: Failure?

    init(firstSequence: UInt32, messageCount: Int) {
        self.firstSequence = firstSequence
        self.messageCount = messageCount
    }

    /// Takes one answer in; the kernel may report several refused commands, in any order.
    mutating func receive(_ message: borrowing Message) throws(NetlinkError) {
        guard Int32(message.type) == NLMSG_ERROR else { return }
        // An answer to something earlier, which was not waited for, says nothing of this.
        let position = Int(message.sequence &- firstSequence)
        guard position < messageCount else { return }
        let end = try Acknowledgement(message)
        guard let errno = end.errno else {
            // The last command's message, before the batch's end, is the one that is acknowledged.
            isAcknowledged = isAcknowledged || position == messageCount - 2
            return
        }
        if let failure, failure.position <= position { return }
        failure = Failure(position: position, errno: errno, text: end.text)
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
