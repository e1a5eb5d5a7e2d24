/// Cuts an answer into its pieces while it comes in: the objects of a list, the events of a watch.
///
///     try stream.receive { try client.read(answer, into: &$0) }
///     while let piece = try stream.next() { … stream.bytes(of: piece) … }
package struct ObjectStream: Sendable {
    /// What the answer is to be.
    package enum Content: Hashable, Sendable {
        case list
        case watch
    }

    package enum Piece: Hashable, Sendable {
        /// What the list says of itself; in JSON it can come after objects.
        case listMeta(Range<Int>)
        /// An object of the list, without its envelope.
        case object(Range<Int>)
        case event(Range<Int>)
    }

    private enum Splitter: Sendable {
        case protobufList(ProtobufListSplitter)
        case protobufWatch
        case jsonList(JSONListSplitter)
        case jsonWatch(JSONScanner)
    }

    private var buffer = ChunkBuffer()
    private var splitter: Splitter

    package init(_ format: ObjectFormat, _ content: Content) {
        splitter =
            switch (format, content) {
            case (.protobuf, .list): .protobufList(ProtobufListSplitter())
            case (.protobuf, .watch): .protobufWatch
            case (.json, .list): .jsonList(JSONListSplitter())
            case (.json, .watch): .jsonWatch(JSONScanner())
            }
    }
}

extension ObjectStream {
    /// Lets `body` append what has come of the answer.
    package mutating func receive<Failure: Error>(
        _ body: (inout [UInt8]) throws(Failure) -> Void
    ) throws(Failure) { try buffer.receive(body) }

    /// The next whole piece; nil when more bytes must come first.
    package mutating func next() throws(ObjectError) -> Piece? {
        try buffer.checkSize()
        buffer.giveBackRoom()
        switch splitter {
        case .protobufList(var list):
            defer { splitter = .protobufList(list) }
            return try list.next(&buffer)
        case .protobufWatch:
            return try buffer.nextFrame().map(Piece.event)
        case .jsonList(var list):
            defer { splitter = .jsonList(list) }
            return try list.next(&buffer)
        case .jsonWatch(var scanner):
            defer { splitter = .jsonWatch(scanner) }
            return try scanner.next(&buffer).map(Piece.event)
        }
    }

    /// The bytes of a piece, until the next is asked for.
    package var bytes: Span<UInt8> {
        @_lifetime(borrow self) get { buffer.bytes.span }
    }

    /// Whether the answer may end here: not in the middle of a piece, or of a list.
    package var isComplete: Bool {
        switch splitter {
        case .protobufList(let list): list.isComplete
        case .jsonList(let list): list.isComplete
        case .protobufWatch: buffer.unused == 0
        case .jsonWatch(let scanner): scanner.isBetweenValues
        }
    }
}

extension ChunkBuffer {
    /// The next event of a protobuf watch, which has its length in four bytes before it.
    fileprivate mutating func nextFrame() throws(ObjectError) -> Range<Int>? {
        let header = 4
        guard unused >= header else { return nil }
        let length = (0..<header).reduce(0) { $0 << 8 | Int(bytes[used + $1]) }
        guard length <= limit else {
            throw ObjectError("an event of \(length >> 20) MiB is larger than any can be")
        }
        guard unused >= header + length else { return nil }
        let start = used + header
        use(header + length)
        return start..<start + length
    }
}
