import Netlink
import Platform
import Testing

@testable import NFTables

@Suite("What the kernel's answers to a batch add up to")
struct BatchOutcomeTests {
    /// An acknowledgement or error as the kernel sends it, its request echoed in short.
    private func answer(_ sequence: UInt32, _ error: Int32) -> [UInt8] {
        var writer = MessageWriter()
        let capped: UInt16 = 0x100
        writer.begin(type: 2, flags: capped, sequence: sequence)
        writer.putFixed(error)
        writer.putFixed((0, 0, 0, 0) as (UInt32, UInt32, UInt32, UInt32))
        return writer.bytes.copied()
    }

    private func outcome(_ answers: [[UInt8]], first: UInt32) throws -> BatchOutcome {
        var outcome = BatchOutcome(firstSequence: first, messageCount: 5)
        for answer in answers {
            var messages = Messages(answer.span)
            while let message = try messages.next() { try outcome.receive(message) }
        }
        return outcome
    }

    @Test(
        "the last command's acknowledgement is success, numbers may wrap",
        arguments: [10, .max - 1])
    func acknowledged(_ first: UInt32) throws {
        let outcome = try outcome([answer(first &+ 3, 0)], first: first)
        #expect(outcome.isAcknowledged)
        #expect(outcome.failure == nil)
    }

    @Test("the first of several failures counts, in whatever order they come")
    func firstFailure() throws {
        let outcome = try outcome(
            [answer(13, -17), answer(11, -2), answer(12, -22)], first: 10)
        #expect(outcome.failure?.position == 1)
        #expect(outcome.failure?.errno.rawValue == 2)
        #expect(!outcome.isAcknowledged)
    }

    @Test("answers to other requests are not taken for this batch's", arguments: [9, 15])
    func foreign(_ sequence: UInt32) throws {
        let outcome = try outcome([answer(sequence, -1)], first: 10)
        #expect(outcome.failure == nil)
        #expect(!outcome.isAcknowledged)
    }
}
