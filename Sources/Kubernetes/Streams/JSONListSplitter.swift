import JSON

/// Cuts a list in JSON: `{"kind":…,"metadata":{…},"items":[{…},…]}`.
struct JSONListSplitter: Sendable {
    private enum State: Sendable {
        case beginning
        /// Before a key of the list, or the list's end.
        case key
        /// Before an element of `items`, or their end.
        case item
        /// In an object of the list, or in its metadata.
        case value(isItem: Bool)
        /// In a value that nobody needs.
        case skipping
        case end
    }

    private var state = State.beginning
    private var scanner = JSONScanner()

    var isComplete: Bool {
        if case .end = state { true } else { false }
    }

    mutating func next(_ buffer: inout ChunkBuffer) throws(ObjectError) -> ObjectStream.Piece? {
        while true {
            switch state {
            case .beginning:
                guard try take("{", &buffer) else { return nil }
                state = .key
            case .key: guard try key(&buffer) else { return nil }
            case .item: guard try item(&buffer) else { return nil }
            case .value(let isItem):
                guard let range = try scanner.next(&buffer) else { return nil }
                state = isItem ? .item : .key
                return isItem ? .object(range) : .listMeta(range)
            case .skipping: guard try skip(&buffer) else { return nil }
            case .end: return nil
            }
        }
    }
}

extension JSONListSplitter {
    /// The first byte that is not white space, or a comma where one may stand.
    private func peek(_ buffer: inout ChunkBuffer, comma: Bool = false) -> UInt8? {
        while buffer.unused > 0 {
            let byte = buffer.bytes[buffer.used]
            guard Self.isSpace(byte) || comma && byte == UInt8(ascii: ",") else { return byte }
            buffer.use(1)
        }
        return nil
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
    }

    private mutating func take(
        _ character: Unicode.Scalar, _ buffer: inout ChunkBuffer
    ) throws(ObjectError) -> Bool {
        guard let byte = peek(&buffer) else { return false }
        guard byte == UInt8(ascii: character) else {
            throw ObjectError("the answer is no JSON list: \(character) is missing")
        }
        buffer.use(1)
        return true
    }

    private mutating func item(_ buffer: inout ChunkBuffer) throws(ObjectError) -> Bool {
        guard let byte = peek(&buffer, comma: true) else { return false }
        if byte == UInt8(ascii: "]") {
            buffer.use(1)
            state = .key
        } else {
            state = .value(isItem: true)
        }
        return true
    }

    /// Steps over a key and its colon, and to the beginning of the value if it is needed.
    private mutating func key(_ buffer: inout ChunkBuffer) throws(ObjectError) -> Bool {
        guard let byte = peek(&buffer, comma: true) else { return false }
        if byte == UInt8(ascii: "}") {
            buffer.use(1)
            state = .end
            return true
        }
        guard let (name, length) = try Self.key(in: buffer) else { return false }
        let rest: ArraySlice<UInt8> = buffer.bytes[(buffer.used + length)...]
        guard let next = rest.first(where: { !Self.isSpace($0) }) else { return false }
        buffer.use(length)
        switch (name, next) {
        case ("metadata", UInt8(ascii: "{")): state = .value(isItem: false)
        case ("items", UInt8(ascii: "[")):
            _ = try take("[", &buffer)
            state = .item
        default: state = .skipping
        }
        return true
    }

    /// A key with its colon, and how many bytes both take; nil when they have not come whole.
    private static func key(in buffer: ChunkBuffer) throws(ObjectError) -> (String, Int)? {
        let here = buffer.bytes.span.extracting(buffer.used..<buffer.bytes.count)
        var cursor = JSONCursor(here)
        do throws(JSONError) {
            let key = try cursor.string()
            cursor.skipSpace()
            guard let colon = cursor.peek else { return nil }
            guard colon == UInt8(ascii: ":") else { throw cursor.error("a colon is missing") }
            return (try cursor.value(of: key), cursor.position + 1)
        } catch {
            if cursor.position < here.count { throw ObjectError(error) }
            return nil
        }
    }

    /// Steps over a value that nobody needs.
    private mutating func skip(_ buffer: inout ChunkBuffer) throws(ObjectError) -> Bool {
        guard let first = peek(&buffer) else { return false }
        if first == UInt8(ascii: "{") || first == UInt8(ascii: "[") || !scanner.isBetweenValues {
            guard try scanner.next(&buffer) != nil else { return false }
            state = .key
            return true
        }
        return try skipScalar(&buffer)
    }

    private mutating func skipScalar(_ buffer: inout ChunkBuffer) throws(ObjectError) -> Bool {
        guard let length = try Self.scalarLength(in: buffer) else { return false }
        buffer.use(length)
        state = .key
        return true
    }

    /// How many bytes a number, a word or a string takes; nil when it has not come whole.
    private static func scalarLength(in buffer: ChunkBuffer) throws(ObjectError) -> Int? {
        let here = buffer.bytes.span.extracting(buffer.used..<buffer.bytes.count)
        var cursor = JSONCursor(here)
        do throws(JSONError) {
            try cursor.skipValue()
        } catch {
            if cursor.position < here.count { throw ObjectError(error) }
            return nil
        }
        // A number may go on in the next chunk.
        return cursor.position < here.count ? cursor.position : nil
    }
}
