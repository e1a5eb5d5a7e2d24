package import Kubernetes
package import Platform

/// `weft watch`: a line for whatever happens, until a signal comes.
package struct Watching: ~Copyable {
    private let request: WatchRequest
    private let screen: Screen
    private let source: any ObjectSource
    private var connections = 0

    package init(_ request: WatchRequest, of source: any ObjectSource, on screen: Screen) {
        self.request = request
        self.source = source
        self.screen = screen
    }
}

extension Watching {
    /// After `patience` it is said which kinds were not listed yet.
    package mutating func run(
        _ follower: inout Follower, patience: Duration
    ) throws -> ExitCode {
        do {
            try follow(&follower, patience)
        } catch let error as PlatformError where error.code == .brokenPipe {
            // Whoever read has enough.
        }
        return .success
    }

    private mutating func follow(_ follower: inout Follower, _ patience: Duration) throws {
        var deadline: MonotonicTime? = .now + patience
        while true {
            let look = follower.look()
            try tellConnections()
            for report in follower.takeReports() { try tell([Occurrence(report)]) }
            try tell(look)
            switch try follower.wait(until: deadline) {
            case .news: break
            case .signal: return
            case .deadline:
                deadline = nil
                let missing = Follower.unsynced(request.kinds, in: look.snapshot)
                try tell(missing.map { .unsynced($0, after: patience) })
            }
        }
    }

    private mutating func tellConnections() throws {
        let opened = source.statistics.connectionsOpened
        if opened > connections { try tell([.connected(opened)]) }
        connections = opened
    }

    private func tell(_ look: Look) throws {
        for kind in Kind.allCases where request.kinds.contains(kind) {
            let isNew = look.becameSynced(kind)
            if !isNew || !request.onlyChanges { try tell(try changes(of: kind, in: look)) }
            if isNew { try tell([.synced(kind, in: look.snapshot)]) }
        }
    }

    private func changes(of kind: Kind, in look: Look) throws(ObjectError) -> [Occurrence] {
        switch kind {
        case .service: try changes(of: Service.self, in: look)
        case .endpointSlice: try changes(of: EndpointSlice.self, in: look)
        case .node: try changes(of: Node.self, in: look)
        case .pod: try changes(of: Pod.self, in: look)
        case .namespace: try changes(of: Namespace.self, in: look)
        case .networkPolicy: try changes(of: NetworkPolicy.self, in: look)
        case .serviceCIDR: try changes(of: ServiceCIDR.self, in: look)
        }
    }

    private func changes<Object: Telling>(
        of type: Object.Type, in look: Look
    ) throws(ObjectError) -> [Occurrence] {
        var occurrences: [Occurrence] = []
        for change in look.changes(of: type).sorted(by: { $0.key < $1.key })
        where request.namespace == nil || change.key.namespace == request.namespace {
            occurrences.append(try Occurrence(change, withObject: request.isJSON))
        }
        return occurrences
    }

    private func tell(_ occurrences: [Occurrence]) throws {
        let now = WallTime.now
        for occurrence in occurrences {
            try screen.output(request.isJSON ? occurrence.json(at: now) : occurrence.line(at: now))
        }
    }
}
