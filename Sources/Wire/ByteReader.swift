/// A cursor over borrowed bytes of a message; whatever is not there is an error.
///
/// A read that throws leaves the cursor where it was.
package struct ByteReader: ~Escapable {
    /// The whole message, so that positions mean the same in every reader of a part of it.
    private let message: Span<UInt8>
    private let end: Int
    /// The offset of the next byte from the beginning of the message.
    package private(set) var position: Int

    @_lifetime(copy message)
    package init(_ message: Span<UInt8>) {
        self.init(message, 0..<message.count)
    }

    @_lifetime(copy message)
    private init(_ message: Span<UInt8>, _ part: Range<Int>) {
        self.message = message
        position = part.lowerBound
        end = part.upperBound
    }
}

extension ByteReader {
    package var remaining: Int { end - position }

    package var isAtEnd: Bool { position == end }

    /// The next byte, nil at the end.
    package var next: UInt8? { isAtEnd ? nil : message[position] }

    /// The bytes not read yet.
    package var rest: Span<UInt8> {
        @_lifetime(copy self) get { message.extracting(position..<end) }
    }

    package func expectEnd() throws(WireError) {
        guard isAtEnd else { throw WireError(.trailingBytes, at: position) }
    }

    /// Steps over bytes, and returns where they begin.
    private mutating func take(_ count: Int) throws(WireError) -> Int {
        guard count >= 0, count <= remaining else { throw WireError(.truncated, at: position) }
        defer { position += count }
        return position
    }

    package mutating func skip(_ count: Int) throws(WireError) {
        _ = try take(count)
    }

    /// Reads bytes without copying them.
    @_lifetime(copy self)
    package mutating func readBytes(_ count: Int) throws(WireError) -> Span<UInt8> {
        let start = try take(count)
        return message.extracting(start..<start + count)
    }

    /// Steps over bytes, and returns a reader that ends where they do.
    @_lifetime(copy self)
    package mutating func readPart(_ count: Int) throws(WireError) -> ByteReader {
        let start = try take(count)
        return ByteReader(message, start..<start + count)
    }

    /// A reader from anywhere in the message to its end, as compressed DNS names need.
    @_lifetime(copy self)
    package func reader(at position: Int) throws(WireError) -> ByteReader {
        guard message.indices.contains(position) else {
            throw WireError(.outOfBounds, at: position)
        }
        return ByteReader(message, position..<message.count)
    }
}

extension ByteReader {
    /// A position to come back to.
    package struct Mark: Hashable, Sendable {
        fileprivate let position: Int
    }

    package var mark: Mark { Mark(position: position) }

    /// Goes back to a position of this reader; one that lies outside it is a programming error.
    package mutating func rollBack(to mark: Mark) {
        precondition(mark.position <= end, "the mark is of another reader")
        position = mark.position
    }
}

extension ByteReader {
    package mutating func readUInt8() throws(WireError) -> UInt8 {
        message[try take(1)]
    }

    package mutating func readUInt16(_ order: ByteOrder = .big) throws(WireError) -> UInt16 {
        try readInteger(order)
    }

    package mutating func readUInt32(_ order: ByteOrder = .big) throws(WireError) -> UInt32 {
        try readInteger(order)
    }

    package mutating func readUInt64(_ order: ByteOrder = .big) throws(WireError) -> UInt64 {
        try readInteger(order)
    }

    @inline(__always)
    private mutating func readInteger<Value: FixedWidthInteger & UnsignedInteger>(
        _ order: ByteOrder
    ) throws(WireError) -> Value {
        let width = MemoryLayout<Value>.size
        let start = try take(width)
        var value: Value = 0
        for index in 0..<width { value = value << 8 | Value(message[start + index]) }
        return order == .big ? value : value.byteSwapped
    }
}
