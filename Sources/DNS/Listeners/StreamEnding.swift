/// Why a connection is closed.
package enum StreamEnding: UInt8, Hashable, Sendable, CaseIterable {
    /// The peer asks no more, and has all its replies.
    case finished
    /// The peer ended in the middle of a message.
    case cut
    /// A message was announced that has no room for a header.
    case badLength
    /// No first message came.
    case silent
    /// A message began and did not become whole.
    case dribble
    /// Nothing was asked.
    case idle
    /// Replies were not read.
    case stalled
    /// Another connection needed the place.
    case evicted
    /// The peer is gone, or the network is.
    case reset
    /// What came was not what the codec reads.
    case undecodable
}

extension StreamEnding {
    /// Whether what the peer has not read yet is worthless, and would only hold memory.
    var discardsReplies: Bool { self == .stalled || self == .reset }
}

/// What became of a listener's connections.
package struct StreamCounts: Hashable, Sendable {
    package internal(set) var accepted: UInt64 = 0
    /// Turned away because their client had too many.
    package internal(set) var refused: UInt64 = 0
    /// Replies from elsewhere that came too late, or to a peer that does not read.
    package internal(set) var lost: UInt64 = 0
    /// How often descriptors ran out.
    package internal(set) var exhausted: UInt64 = 0
    package internal(set) var open = 0
    private var endings = [UInt64](repeating: 0, count: StreamEnding.allCases.count)

    package init() {}

    /// How many connections ended in this way.
    package subscript(ending ending: StreamEnding) -> UInt64 { endings[Int(ending.rawValue)] }

    mutating func count(_ ending: StreamEnding) { endings[Int(ending.rawValue)] += 1 }
}
