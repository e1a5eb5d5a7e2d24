package import Network

/// What came of a lookup.
package enum Resolution: Hashable, Sendable {
    /// An upstream's reply, without whatever does not belong to the question.
    case answer(Message, from: AddressAndPort)
    case failure(ForwardFailure)
}

/// Why no upstream's reply can be given.
package enum ForwardFailure: Hashable, Sendable, CaseIterable {
    /// Nobody answered in time.
    case timedOut
    /// Every upstream refused packets or connections.
    case refused
    /// All upstreams are down, and the pool is not to try them then.
    case noReachableUpstream
    /// The pool has as many questions under way as it may have.
    case tooManyQuestions
    /// The reply's aliases lead round in a circle, or too far.
    case badAnswer
    /// The forwarder has been stopped.
    case stopped
}

extension ForwardFailure {
    /// What the asker is to be told.
    package var responseCode: ResponseCode {
        self == .tooManyQuestions ? .refused : .serverFailure
    }

    /// The code of an extended error (RFC 8914) that says why, where there is one.
    package var extendedError: UInt16? {
        switch self {
        case .timedOut, .noReachableUpstream: 22
        case .refused: 23
        case .badAnswer: 24
        case .tooManyQuestions, .stopped: nil
        }
    }
}
