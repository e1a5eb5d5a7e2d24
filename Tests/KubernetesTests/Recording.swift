import Platform

@testable import Kubernetes

/// What a real API server answered, from the files of `Fixtures`.
struct Recording {
    let body: [UInt8]
    let format: ObjectFormat

    init(_ name: String, _ format: ObjectFormat) throws {
        let folder = #filePath.split(separator: "/").dropLast().joined(separator: "/")
        let suffix = format == .json ? "json" : "proto"
        body = try File.read("/\(folder)/Fixtures/kube-api-1.36/\(name).\(suffix).body")
        self.format = format
    }

    /// What one of our own encoders wrote.
    init(body: [UInt8], _ format: ObjectFormat) {
        self.body = body
        self.format = format
    }
}

extension Recording {
    /// The list, cut into pieces from chunks of a size.
    func list<Object: KubernetesObject>(
        _ type: Object.Type, chunk: Int = .max
    ) throws -> (meta: ListMeta, objects: [Object]) {
        let strings = SharingPool()
        var meta = ListMeta()
        var objects: [Object] = []
        try pieces(.list, chunk: chunk) { piece, bytes throws(ObjectError) in
            switch piece {
            case .listMeta(let range):
                meta = try format.decode(ListMeta.self, bytes.extracting(range), strings)
            case .object(let range):
                objects.append(try format.decode(type, bytes.extracting(range), strings))
            case .event: break
            }
        }
        return (meta, objects)
    }

    /// The events of a watch with their objects.
    func events<Object: KubernetesObject>(
        _ type: Object.Type, chunk: Int = .max
    ) throws -> [(change: FramedEvent.Change, object: Object)] { try messages(type, chunk: chunk) }

    /// The events of a watch with whatever is in them.
    func messages<Object: Message>(
        _ type: Object.Type, chunk: Int = .max
    ) throws -> [(change: FramedEvent.Change, object: Object)] {
        let strings = SharingPool()
        var events: [(FramedEvent.Change, Object)] = []
        try pieces(.watch, chunk: chunk) { piece, bytes throws(ObjectError) in
            guard case .event(let range) = piece else { return }
            let event = try format.event(bytes.extracting(range))
            let content = bytes.extracting(range).extracting(event.object)
            events.append((event.change, try format.decodeAlone(type, content, strings)))
        }
        return events
    }

    private func pieces(
        _ content: ObjectStream.Content, chunk: Int,
        _ body: (ObjectStream.Piece, Span<UInt8>) throws(ObjectError) -> Void
    ) throws(ObjectError) {
        var stream = ObjectStream(format, content)
        var start = 0
        while start < self.body.count {
            let end = start + min(chunk, self.body.count - start)
            stream.receive { $0 += self.body[start..<end] }
            while let piece = try stream.next() { try body(piece, stream.bytes) }
            start = end
        }
        if !stream.isComplete { throw ObjectError("the recording ends in the middle") }
    }
}
