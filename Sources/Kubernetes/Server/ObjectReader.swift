/// Reads one answer: cuts it into pieces, and makes of each what the machine is to be told.
struct ObjectReader<Object: StoredObject> {
    private var stream: ObjectStream
    private let format: ObjectFormat
    private let pool: SharingPool
    private let use: ObjectUse
    /// The object of the piece that was read last, if it could be read.
    private(set) var object: Object?
    /// The key of that object, if that much could be read.
    private(set) var key: ObjectKey?

    init(
        _ format: ObjectFormat, _ content: ObjectStream.Content, _ pool: SharingPool,
        for use: ObjectUse = .everything
    ) {
        self.use = use
        stream = ObjectStream(format, content)
        self.format = format
        self.pool = pool
    }
}

extension ObjectReader {
    mutating func receive<Failure: Error>(
        _ body: (inout [UInt8]) throws(Failure) -> Void
    ) throws(Failure) { try stream.receive(body) }

    /// Whether the answer may end here.
    var isComplete: Bool { stream.isComplete }

    /// What the next whole piece says; nil when more bytes must come first.
    mutating func next() throws(ObjectError) -> ListWatchInput? {
        guard let piece = try stream.next() else { return nil }
        switch piece {
        case .listMeta(let range):
            let bytes = stream.bytes.extracting(range)
            return .page(try format.decode(ListMeta.self, bytes, pool))
        case .object(let range):
            return .item(read(range))
        case .event(let range):
            return try event(range)
        }
    }

    private mutating func event(_ range: Range<Int>) throws(ObjectError) -> ListWatchInput {
        let (change, object) = try parts(of: range)
        switch change {
        case .added: return self.change(.added, object)
        case .modified: return self.change(.modified, object)
        case .deleted: return self.change(.deleted, object)
        case .bookmark:
            let mark = try decode(PartialObject.self, object)
            return .event(
                .bookmark(
                    version: mark.metadata.resourceVersion,
                    endsInitialEvents: mark.endsInitialEvents))
        case .error:
            return .event(.error(Refusal(try decode(ServerStatus.self, object))))
        }
    }

    /// What an event is, and where its object is without an envelope.
    private func parts(
        of range: Range<Int>
    ) throws(ObjectError) -> (FramedEvent.Change, Range<Int>) {
        let bytes = stream.bytes.extracting(range)
        let event = try format.event(bytes)
        let content = try format.content(of: bytes.extracting(event.object))
        let start = range.lowerBound + event.object.lowerBound + content.lowerBound
        return (event.change, start..<start + content.count)
    }

    private mutating func change(
        _ change: ListWatchEvent.Change, _ range: Range<Int>
    ) -> ListWatchInput {
        let unreadable = read(range)
        let version =
            object?.metadata.resourceVersion
            ?? (try? decode(PartialObject.self, range))?.metadata.resourceVersion ?? ""
        return .event(.change(change, version: version, unreadable))
    }

    /// Reads an object, or says what is wrong with which.
    private mutating func read(_ range: Range<Int>) -> Unreadable? {
        do throws(ObjectError) {
            var object = try decode(Object.self, range)
            object.keep(for: use)
            self.object = object
            key = object.key
            guard object.metadata.name.isEmpty else { return nil }
            throw ObjectError("an object must have a name", in: "metadata.name")
        } catch {
            object = nil
            key = (try? decode(PartialObject.self, range))?.key
            return Unreadable(key, "\(error)")
        }
    }

    private func decode<Value: Message>(
        _ type: Value.Type, _ range: Range<Int>
    ) throws(ObjectError) -> Value {
        try format.decode(type, stream.bytes.extracting(range), pool)
    }
}
