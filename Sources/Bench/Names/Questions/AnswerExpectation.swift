import DNS
import Network

/// What an answer turned out to be.
enum AnswerVerdict: Int, Hashable, Sendable, CaseIterable {
    case right
    /// It is no whole message, or not an answer.
    case malformed
    /// It does not repeat the question.
    case otherQuestion
    case truncated
    /// It has another response code than it must have.
    case otherCode
    /// It has more or fewer records than it must have.
    case otherCount
    /// It has another address than it must have.
    case otherAddress
}

/// What is looked at in each answer, so cheap that it can be.
struct AnswerExpectation: Hashable, Sendable {
    private let code: UInt8
    private let count: UInt16
    /// Where the answer is one address.
    private let address: IPAddress?

    init(_ question: NameQuestion) {
        code = UInt8(question.code.rawValue)
        count = UInt16(question.answers.count)
        let isAddress = question.type == .a || question.type == .aaaa
        let only = question.answers.count == 1 && isAddress ? question.answers[0] : nil
        address = only.flatMap { IPAddress($0.data) }
    }

    /// The answer is as long as the question; the asked octets are those behind the header.
    @inline(__always)
    func verdict(
        on answer: Span<UInt8>, questionEnd: Int, asked: Span<UInt8>
    ) -> AnswerVerdict {
        let flags = HeaderFlags(rawValue: answer.bigEndian16(at: 2))
        guard flags.contains(.response) else { return .malformed }
        guard answer.bigEndian16(at: 4) == 1,
            answer.extracting(headerLength..<questionEnd).equals(asked)
        else { return .otherQuestion }
        if flags.contains(.truncated) { return .truncated }
        guard flags.rawValue & 0xf == UInt16(code) else { return .otherCode }
        guard answer.bigEndian16(at: 6) == count else { return .otherCount }
        guard let address else { return .right }
        return Self.firstAddress(answer, at: questionEnd) == address ? .right : .otherAddress
    }

    /// The address that the first record of an answer has.
    @inline(__always)
    private static func firstAddress(_ answer: Span<UInt8>, at start: Int) -> IPAddress? {
        // Behind the name are type, class and time to live, and the data's length.
        guard let name = answer.endOfName(at: start), name + 10 <= answer.count else { return nil }
        let length = Int(answer.bigEndian16(at: name + 8))
        guard name + 10 + length <= answer.count else { return nil }
        return IPAddress(octets: answer.extracting(name + 10..<name + 10 + length))
    }
}
