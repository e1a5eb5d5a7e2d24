package import Platform

/// One client's stream of messages, each behind its length (RFC 1035 section 4.2.2).
///
/// It knows neither socket nor clock. Its owner hands in what came and what could be written, takes
/// messages one by one, and then does what `wishes`, `deadline` and `ending` say.
package struct StreamConnection {
    let settings: StreamSettings
    let codec: (any StreamCodec)?
    /// Plain octets, of which those before `taken` are done with.
    private var input: [UInt8] = []
    private var taken = 0
    var outgoing = StreamOutput()
    /// Questions that somebody else was asked.
    private(set) var waiting = 0
    /// A zone that is sent before anything else is answered.
    private var transfer: ZoneTransfer?
    private var peerHasEnded = false
    private var hasAsked = false
    /// Since when the next message is awaited or incomplete; nil while there is none.
    private var begun: MonotonicTime?
    /// When the peer last asked something or took the last of a reply.
    private(set) var lastActivity: MonotonicTime
    package private(set) var ending: StreamEnding?

    package init(_ settings: StreamSettings, at now: MonotonicTime) {
        self.init(settings, nil, at: now)
    }

    init(_ settings: StreamSettings, _ codec: (any StreamCodec)?, at now: MonotonicTime) {
        self.settings = settings
        self.codec = codec
        begun = now
        lastActivity = now
    }

    /// A length of two octets stands before each message.
    static let prefix = 2
    /// Input that is kept ready for the next message although there is none.
    private static let smallInput = 512
}

extension StreamConnection {
    /// Takes what came; the messages in it are then taken one by one.
    package mutating func receive(_ octets: Span<UInt8>, at now: MonotonicTime) {
        guard let codec else { return input.append(copying: octets) }
        let progress = codec.receive(octets, into: &input)
        outgoing.takeOutput(of: codec, at: now)
        switch progress {
        case .goesOn: break
        case .ended: peerHasEnded = true
        case .failed: end(.undecodable)
        }
    }

    /// The peer sends no more.
    package mutating func receiveEnd() { peerHasEnded = true }

    /// Where in the input the next message is, if it is whole and there is room for a reply beside
    /// the octets of others that are not sent yet.
    package mutating func takeMessage(beside unsent: Int = 0, at now: MonotonicTime) -> Range<Int>?
    {
        guard mayTake(beside: unsent), let length = announced else { return nil }
        guard length >= headerLength else {
            end(.badLength)
            return nil
        }
        let start = taken + Self.prefix
        guard start + length <= input.count else { return nil }
        taken = start + length
        begun = nil
        hasAsked = true
        lastActivity = now
        return start..<taken
    }

    /// A message that was taken, until anything else is done.
    @_lifetime(borrow self)
    package func message(_ range: Range<Int>) -> Span<UInt8> { input.span.extracting(range) }

    /// Gives back what the taken messages occupied, and looks what remains.
    package mutating func settle(at now: MonotonicTime) {
        if taken > 0 {
            input.removeFirst(taken)
            taken = 0
        }
        if input.isEmpty, input.capacity > Self.smallInput { input = [] }
        if !input.isEmpty, begun == nil { begun = now }
        guard ending == nil, peerHasEnded, !holdsMessage else { return }
        // What is incomplete remains so.
        begun = nil
        if outgoing.isEmpty, waiting == 0, transfer == nil { end(input.isEmpty ? .finished : .cut) }
    }
}

extension StreamConnection {
    /// How much waits to be written.
    package var unsentCount: Int { outgoing.count }

    /// What the connection waits for; nothing at all while others think.
    var wishes: Readiness {
        if hasPart { return .write }
        var wishes: Readiness = outgoing.isEmpty ? [] : .write
        guard mayTake(beside: 0) else { return wishes }
        // What is left to answer after a turn is answered once others have had theirs: a socket that
        // can be written to is ready at once.
        if holdsMessage { return .write }
        if !peerHasEnded { wishes.insert(.read) }
        return wishes
    }

    private func mayTake(beside unsent: Int) -> Bool {
        ending == nil && transfer == nil && outgoing.count + unsent < settings.unsentLimit
            && waiting < settings.waitingLimit
    }

    /// The length of the message that comes next, once it is known.
    private var announced: Int? {
        guard taken + Self.prefix <= input.count else { return nil }
        return Int(input[taken]) << 8 | Int(input[taken + 1])
    }

    /// Whether the next message is whole, or wrong.
    private var holdsMessage: Bool {
        guard let length = announced else { return false }
        return length < headerLength || taken + Self.prefix + length <= input.count
    }
}

extension StreamConnection {
    /// A zone is to be sent, whose first message was answered with.
    mutating func begin(_ transfer: ZoneTransfer) { self.transfer = transfer }

    private var hasPart: Bool { transfer != nil && hasRoom }

    /// The next message of a zone, if there is room for it beside the octets of others.
    mutating func takePart(beside unsent: Int = 0, at now: MonotonicTime) -> [UInt8]? {
        guard hasPart, outgoing.count + unsent < settings.unsentLimit else { return nil }
        if let part = transfer?.next() { return part }
        resume(at: now) { $0.transfer = nil }
        return nil
    }

    /// A question was passed on.
    mutating func beginWaiting() { waiting += 1 }

    /// A question that was passed on has its reply, or will have none.
    mutating func endWaiting(at now: MonotonicTime) { resume(at: now) { $0.waiting -= 1 } }

    /// Whether there is room for a reply from elsewhere.
    var hasRoom: Bool { ending == nil && outgoing.count < settings.unsentLimit }

    /// So much of what is unsent was written.
    package mutating func wrote(_ count: Int, at now: MonotonicTime) {
        resume(at: now) { $0.outgoing.wrote(count, at: now) }
        if outgoing.isEmpty { lastActivity = now }
    }

    /// Keeps framed replies that the socket had no room for, or that have to be encoded.
    package mutating func send(_ framed: Span<UInt8>, at now: MonotonicTime) {
        guard let codec else { return outgoing.append(framed, at: now) }
        if framed.isEmpty { return }
        codec.send(framed)
        outgoing.takeOutput(of: codec, at: now)
    }

    /// A message that could not be read for our sake gets its time anew.
    private mutating func resume(
        at now: MonotonicTime, _ change: (inout StreamConnection) -> Void
    ) {
        let wasPaused = !mayTake(beside: 0)
        change(&self)
        if wasPaused, begun != nil, mayTake(beside: 0) { begun = now }
    }
}

extension StreamConnection {
    /// The next time to look whether the peer took too long, and what that would mean.
    var deadline: (time: MonotonicTime, ending: StreamEnding) {
        if !outgoing.isEmpty { return (outgoing.progress + settings.stalled, .stalled) }
        guard let begun, mayTake(beside: 0), !holdsMessage else {
            return (lastActivity + settings.idle, .idle)
        }
        return hasAsked
            ? (begun + settings.message, .dribble) : (begun + settings.firstMessage, .silent)
    }

    /// Ends the connection if its time has come.
    mutating func look(at now: MonotonicTime) {
        let (time, ending) = deadline
        if time <= now { end(ending) }
    }

    /// Ends the connection; the first reason counts.
    mutating func end(_ reason: StreamEnding) {
        guard ending == nil else { return }
        ending = reason
        guard let codec, !reason.discardsReplies else { return }
        codec.end()
        outgoing.takeOutput(of: codec, at: lastActivity)
    }
}
