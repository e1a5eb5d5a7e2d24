/// Cuts a list in protobuf: `k8s\0`, then runtime.Unknown, whose field `raw` is the list.
struct ProtobufListSplitter: Sendable {
    private enum State: Sendable {
        case magic
        /// In runtime.Unknown, before its `raw`.
        case envelope
        /// In the list, of which this many bytes are still to come.
        case list(Int)
        /// In a piece of the list or the envelope that nobody needs.
        case skipping(Int, then: Then)
    }

    private enum Then: Sendable {
        case envelope
        case list(Int)
    }

    private var state = State.magic

    var isComplete: Bool {
        if case .list(0) = state { true } else { false }
    }

    mutating func next(_ buffer: inout ChunkBuffer) throws(ObjectError) -> ObjectStream.Piece? {
        while true {
            switch state {
            case .magic: guard try skipMagic(&buffer) else { return nil }
            case .envelope: guard try enterList(&buffer) else { return nil }
            case .list(let rest):
                guard let step = try step(&buffer, rest) else { return nil }
                if let piece = step { return piece }
            case .skipping(let count, let then):
                guard skip(&buffer, count, then) else { return nil }
            }
        }
    }
}

extension ProtobufListSplitter {
    private mutating func skipMagic(_ buffer: inout ChunkBuffer) throws(ObjectError) -> Bool {
        guard buffer.unused >= Envelope.magic.count else { return false }
        guard buffer.bytes[buffer.used...].starts(with: Envelope.magic) else {
            throw Envelope.missing
        }
        buffer.use(Envelope.magic.count)
        state = .envelope
        return true
    }

    private mutating func enterList(_ buffer: inout ChunkBuffer) throws(ObjectError) -> Bool {
        guard let field = try Field(buffer) else { return false }
        buffer.use(field.header)
        state =
            field.number == Envelope.raw && field.type == .bytes
            ? .list(field.length) : .skipping(field.length, then: .envelope)
        return true
    }

    /// Nil when more must come first; a step without a piece when there was none to give.
    private mutating func step(
        _ buffer: inout ChunkBuffer, _ rest: Int
    ) throws(ObjectError) -> ObjectStream.Piece?? {
        guard rest > 0, let field = try Field(buffer) else { return nil }
        let left = rest - field.header - field.length
        guard left >= 0 else { throw ProtobufReader.truncated }
        guard field.type == .bytes, field.number <= 2 else {
            buffer.use(field.header)
            state = .skipping(field.length, then: .list(left))
            return .some(nil)
        }
        guard field.length <= buffer.limit else { throw ProtobufReader.truncated }
        guard buffer.unused >= field.header + field.length else { return nil }
        let start = buffer.used + field.header
        buffer.use(field.header + field.length)
        state = .list(left)
        let range = start..<start + field.length
        return field.number == 1 ? .listMeta(range) : .object(range)
    }

    private mutating func skip(
        _ buffer: inout ChunkBuffer, _ count: Int, _ then: Then
    ) -> Bool {
        let now = min(count, buffer.unused)
        buffer.use(now)
        guard now == count else {
            state = .skipping(count - now, then: then)
            return false
        }
        switch then {
        case .envelope: state = .envelope
        case .list(let left): state = .list(left)
        }
        return true
    }

    /// A field's tag and length; nil when they have not come whole.
    private struct Field {
        let number: UInt32
        let type: WireType
        /// Bytes before the value.
        let header: Int
        /// Bytes of the value.
        let length: Int

        init?(_ buffer: ChunkBuffer) throws(ObjectError) {
            // A tag and a length are two numbers of at most ten bytes.
            let longest = 20
            let here = buffer.bytes.span.extracting(buffer.used..<buffer.bytes.count)
            var reader = ProtobufReader(here)
            do throws(ObjectError) {
                (number, type) = try reader.tag()
                let afterTag = reader.position
                if type == .bytes {
                    let value = try reader.varint()
                    guard let length = Int(exactly: value), length < Int.max / 2 else {
                        throw ProtobufReader.truncated
                    }
                    (header, self.length) = (reader.position, length)
                } else {
                    try reader.skip(type)
                    (header, length) = (afterTag, reader.position - afterTag)
                }
            } catch {
                if here.count >= longest || error != ProtobufReader.truncated { throw error }
                return nil
            }
        }
    }
}
