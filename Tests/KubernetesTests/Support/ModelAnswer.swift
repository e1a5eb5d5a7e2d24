import Kubernetes

/// What a model server answers to one request, in the pieces that a client reads.
struct ModelAnswer {
    enum Piece {
        case object(Service)
        case meta(ModelServer.Page)
        case event(ModelServer.Event)
        case bookmark(Int, endsInitialEvents: Bool)
        case end
    }

    /// What is to be sent, the next piece last.
    private var pieces: [Piece] = []
    /// Up to which version a watch has told what happened; nil for a list.
    private(set) var position: Int?

    /// Answers a list.
    init(_ page: ModelServer.Page, metaFirst: Bool) {
        let objects = page.objects.map { Piece.object($0) }
        let meta = [Piece.meta(page)]
        pieces = (metaFirst ? meta + objects : objects + meta) + [.end]
        pieces.reverse()
    }

    /// Answers a watch that goes on from a version.
    init(watchFrom version: Int) { position = version }

    /// Answers a watch that begins with all objects.
    init(stream page: ModelServer.Page) {
        position = page.version
        pieces = page.objects.map { .event(.init(change: .added, object: $0, version: 0)) }
        pieces.append(.bookmark(page.version, endsInitialEvents: true))
        pieces.reverse()
    }
}

extension ModelAnswer {
    /// The next piece; nil when there is nothing to say yet.
    mutating func next(from server: ModelServer) throws(ModelServer.Refusal) -> Piece? {
        if let piece = pieces.popLast() { return piece }
        guard let position, let event = try server.events(after: position).first else { return nil }
        self.position = event.version
        return .event(event)
    }

    /// Says how far the watch is, if it has told everything.
    mutating func bookmark(from server: ModelServer) -> Piece? {
        guard pieces.isEmpty, let told = position,
            let untold = try? server.events(after: told), untold.isEmpty
        else { return nil }
        position = server.version
        return .bookmark(server.version, endsInitialEvents: false)
    }
}
