/// Writes a message into borrowed bytes; a write that does not fit throws and changes nothing.
package struct ByteWriter: ~Copyable, ~Escapable {
    private var buffer: MutableSpan<UInt8>
    /// How many bytes the message has so far.
    package private(set) var count = 0
    private var end: Int

    @_lifetime(copy buffer)
    package init(_ buffer: consuming MutableSpan<UInt8>) {
        end = buffer.count
        self.buffer = buffer
    }
}

extension ByteWriter {
    /// How long the message may get: at most as long as the buffer, at least what is written.
    ///
    /// Lowering it keeps room for what must come last, such as a DNS message's OPT record.
    package var limit: Int {
        get { end }
        set { end = max(count, min(newValue, buffer.count)) }
    }

    package var remaining: Int { end - count }

    /// The message so far.
    package var written: Span<UInt8> {
        @_lifetime(borrow self) get { buffer.span.extracting(first: count) }
    }

    /// Makes room at the end of the message, and returns where it begins.
    private mutating func append(_ length: Int) throws(WireError) -> Int {
        guard length <= remaining else { throw WireError(.full, at: count) }
        defer { count += length }
        return count
    }

    package mutating func write(_ bytes: Span<UInt8>) throws(WireError) {
        let start = try append(bytes.count)
        for index in bytes.indices { buffer[start + index] = bytes[index] }
    }

    package mutating func write(_ bytes: [UInt8]) throws(WireError) {
        try write(bytes.span)
    }

    /// Writes one byte several times.
    package mutating func write(repeating byte: UInt8, count: Int) throws(WireError) {
        let start = try append(max(count, 0))
        for index in start..<self.count { buffer[index] = byte }
    }

    /// Writes zeros until the message's length is a multiple of the alignment.
    package mutating func pad(to alignment: Int) throws(WireError) {
        let excess = count % alignment
        if excess > 0 { try write(repeating: 0, count: alignment - excess) }
    }
}

extension ByteWriter {
    package mutating func writeUInt8(_ value: UInt8) throws(WireError) {
        buffer[try append(1)] = value
    }

    package mutating func writeUInt16(
        _ value: UInt16, _ order: ByteOrder = .big
    ) throws(WireError) {
        put(value, order, at: try append(2))
    }

    package mutating func writeUInt32(
        _ value: UInt32, _ order: ByteOrder = .big
    ) throws(WireError) {
        put(value, order, at: try append(4))
    }

    package mutating func writeUInt64(
        _ value: UInt64, _ order: ByteOrder = .big
    ) throws(WireError) {
        put(value, order, at: try append(8))
    }

    @inline(__always)
    mutating func put<Value: FixedWidthInteger & UnsignedInteger>(
        _ value: Value, _ order: ByteOrder, at start: Int
    ) {
        var rest = order == .big ? value.byteSwapped : value
        for index in 0..<MemoryLayout<Value>.size {
            buffer[start + index] = UInt8(truncatingIfNeeded: rest)
            rest >>= 8
        }
    }
}

extension ByteWriter {
    /// A length of the message to go back to.
    package struct Mark: Hashable, Sendable {
        fileprivate let count: Int
    }

    package var mark: Mark { Mark(count: count) }

    /// Forgets what was written since; a mark beyond the end is a programming error.
    package mutating func rollBack(to mark: Mark) {
        precondition(mark.count <= count, "the mark itself was rolled back")
        count = mark.count
    }

    /// Writes all that the body writes, or nothing when it throws.
    package mutating func whole<Result, Failure: Error>(
        _ body: (inout ByteWriter) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let start = mark
        do throws(Failure) {
            return try body(&self)
        } catch {
            rollBack(to: start)
            throw error
        }
    }
}
