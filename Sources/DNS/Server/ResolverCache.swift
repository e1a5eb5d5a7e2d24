package import Platform
import Synchronization

/// A cache as those see it who bring new answers.
package final class ResolverCache: Sendable {
    private let writer: Mutex<CacheWriter>
    private let inside: Mutex<Inside>
    /// For threads that answer to make their own of.
    package let reader: CacheReader

    /// A right to read, and what is read with.
    fileprivate struct Inside: ~Copyable {
        let seat: Epochs.Reader
        var reader: CacheReader
    }

    package init(_ settings: CacheSettings, readers epochs: Epochs) throws(PlatformError) {
        let writer = try CacheWriter(settings, readers: epochs)
        guard let seat = epochs.reader() else {
            throw PlatformError(.tooManyOpenFiles, "read a cache")
        }
        reader = writer.reader()
        inside = Mutex(Inside(seat: seat, reader: writer.reader()))
        self.writer = Mutex(writer)
    }
}

extension ResolverCache {
    /// Keeps what was said, and returns it as it will be said again.
    func keep(_ message: Message, _ asked: AskedMessage, at now: UInt32) -> Message {
        writer.withLock { writer in
            let keeping = writer.store(message, for: asked.key, at: now)
            return writer.settings.limited(message, to: keeping, for: asked.key)
        }
    }

    /// Keeps that nobody could tell.
    func keep(_ failure: ForwardFailure, _ asked: AskedMessage, at now: UInt32) {
        if failure == .tooManyQuestions || failure == .stopped { return }
        writer.withLock { writer in
            writer.storeFailure(extendedError: failure.extendedError, for: asked.key, at: now)
        }
    }

    /// What is kept, as a message to the lookup's question.
    func answer(_ asked: AskedMessage, at now: UInt32, acceptsStale: Bool) -> Message? {
        inside.withLock { inside in inside.answer(asked, at: now, acceptsStale: acceptsStale) }
    }

    package var state: State {
        writer.withLock { writer in
            State(
                successes: writer.count(.success), denials: writer.count(.denial),
                evictedSuccesses: writer.evictions(.success),
                evictedDenials: writer.evictions(.denial), drops: writer.drops,
                bytes: writer.bytes())
        }
    }

    /// What a cache holds, and has thrown away.
    package struct State: Hashable, Sendable {
        package let successes: Int
        package let denials: Int
        package let evictedSuccesses: UInt64
        package let evictedDenials: UInt64
        package let drops: UInt64
        package let bytes: Int
    }
}

extension ResolverCache.Inside {
    fileprivate mutating func answer(
        _ asked: AskedMessage, at now: UInt32, acceptsStale: Bool
    ) -> Message? {
        // The lookup's own question stands before what is kept.
        let start = asked.lookupMessage
        var room = [UInt8](repeating: 0, count: longestMessage)
        for index in start.indices { room[index] = start[index] }
        var (query, name) = (Query(), QuestionName())
        guard case .question = query.read(start.span, name: &name) else { return nil }
        seat.enter()
        defer { seat.leave() }
        var message = room.mutableSpan
        guard
            let hit = reader.answer(
                query, name, at: now, acceptsStale: acceptsStale, into: &message,
                in: query.questionEnd..<longestMessage)
        else { return nil }
        let counts = [(6, hit.answers), (8, hit.authorities), (10, hit.additionals)]
        for (offset, count) in counts {
            room[offset] = UInt8(count >> 8)
            room[offset + 1] = UInt8(truncatingIfNeeded: count)
        }
        guard var found = try? Message(decoding: room.span.extracting(first: hit.end)) else {
            return nil
        }
        found.responseCode = hit.responseCode
        return found
    }
}
