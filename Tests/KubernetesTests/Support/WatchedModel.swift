import FuzzSupport
import Platform

@testable import Kubernetes

/// A model server, a machine that watches it and the store it fills, in a time of their own.
struct WatchedModel: ~Copyable {
    var server = ModelServer()
    var random: SeededGenerator
    var now = MonotonicTime(nanoseconds: 0)
    private(set) var machine: ListWatch<SeededGenerator>
    var writer = StoreWriter()
    private(set) var requests: [(time: MonotonicTime, request: ListWatchRequest)] = []
    private(set) var reports: [Report] = []
    private(set) var credentialLoads = 0
    /// The request under way, and its answer once there is one.
    private(set) var request: ListWatchRequest?
    private var answer: ModelAnswer?
    private var pending: ListWatchInput?
    private var replacement: Replacement<Service>?
    private var lastRead: (key: ObjectKey, object: Service)?
    /// Whether the server knows watches that begin with all objects.
    var hasStreams = true

    init(seed: UInt64, _ options: ListWatchOptions = ListWatchOptions()) {
        random = SeededGenerator(seed: seed)
        machine = ListWatch(.service, options, random: SeededGenerator(seed: seed ^ 0xABCD))
        give(.start)
    }
}

extension WatchedModel {
    var isOpen: Bool { answer != nil }
    var answerPosition: Int? { answer?.position }
    var isWatching: Bool { if case .watching = machine.phase { true } else { false } }

    /// Whether the store holds what the server has.
    var isRight: Bool {
        let held = writer.store.snapshot.services.map { ($0.key.name, $0.value.value) }
        return Dictionary(uniqueKeysWithValues: held) == server.objects
    }

    mutating func give(_ input: ListWatchInput) {
        for action in machine.handle(input, at: now) { perform(action) }
        writer.publish()
        // What an action asks for is answered once all that came with it are done.
        if let pending {
            self.pending = nil
            give(pending)
        }
    }

    /// Ends the answer in one way or another.
    mutating func finish(_ input: ListWatchInput) {
        request = nil
        answer = nil
        give(input)
    }

    /// Lets time pass until the machine wants to be told.
    mutating func waitForDeadline() {
        if let deadline = machine.deadline { now = max(now, deadline) }
        give(.time)
    }

    private mutating func perform(_ action: ListWatchAction) {
        switch action {
        case .request(let request):
            requests.append((now, request))
            self.request = request
        case .cancel, .abandon:
            request = nil
            answer = nil
        case .requestCheck(let request):
            requests.append((now, request))
            pending = .checked(version: "\(server.version)", count: server.objects.count)
        case .cancelCheck: break
        case .beginReplacement: replacement = writer.beginReplacement(of: Service.self)
        case .commitReplacement: if let replacement { writer.commit(replacement) }
        case .dropReplacement: replacement = nil
        case .keep(let key): replacement?.keep(key)
        case .keepTheRest: replacement?.keepTheRest()
        case .stage: if let lastRead { replacement?.stage(lastRead.object) }
        case .unstage: if let lastRead { replacement?.unstage(lastRead.key) }
        case .put: if let lastRead { writer.put(lastRead.object) }
        case .delete: if let lastRead { writer.delete(Service.self, lastRead.key) }
        case .compare(let count, let tolerance):
            let difference = writer.count(of: Service.self) - count
            pending = .compared(isEqual: difference.magnitude <= tolerance)
        case .reloadCredentials: credentialLoads += 1
        case .report(let report): reports.append(report)
        }
    }
}

extension WatchedModel {
    /// Goes on by one piece of the answer; false if the server has nothing to say.
    mutating func proceed() -> Bool {
        guard let request else {
            waitForDeadline()
            return true
        }
        do throws(ModelServer.Refusal) {
            if answer == nil { return try begin(request) }
            guard let piece = try answer?.next(from: server) else { return false }
            read(piece)
        } catch {
            refuse(error)
        }
        return true
    }

    private mutating func begin(_ request: ListWatchRequest) throws(ModelServer.Refusal) -> Bool {
        if request.purpose == .stream, !hasStreams {
            finish(.refused(Refusal(422)))
            return true
        }
        answer = try answer(to: request)
        give(.opened)
        return true
    }

    private mutating func answer(
        to request: ListWatchRequest
    ) throws(ModelServer.Refusal) -> ModelAnswer {
        let version = request["resourceVersion"].flatMap { Int($0) }
        let limit = request["limit"].flatMap { Int($0) }
        switch request.purpose {
        case .watch:
            _ = try server.events(after: version ?? 0)
            return ModelAnswer(watchFrom: version ?? 0)
        case .stream:
            return ModelAnswer(stream: try server.list(limit: nil, notOlderThan: version))
        case .page, .check:
            let page =
                if let next = request["continue"] { try server.list(limit: limit, next: next) } else
                {
                    try server.list(limit: limit, notOlderThan: version)
                }
            return ModelAnswer(page, metaFirst: random.below(2) == 0)
        }
    }

    /// A real refusal, as an answer or, where one has begun, as an event.
    mutating func refuse(_ refusal: ModelServer.Refusal) {
        var status = ServerStatus()
        switch refusal {
        case .expired: (status.code, status.reason) = (410, "Expired")
        case .versionTooLarge:
            (status.code, status.message) = (
                504, "Timeout: Too large resource version: 9, current: 1"
            )
        }
        refuse(status)
    }

    mutating func refuse(_ status: ServerStatus) {
        guard let request else { return }
        if answer != nil, request.isWatch {
            give(.event(.error(Refusal(status))))
        } else if answer == nil {
            finish(.refused(Refusal(Int(status.code), status)))
        }
    }

    private mutating func read(_ piece: ModelAnswer.Piece) {
        switch piece {
        case .object(let object):
            lastRead = (object.key, object)
            give(.item(nil))
        case .meta(let page):
            var meta = ListMeta()
            (meta.resourceVersion, meta.continuation) = ("\(page.version)", page.next)
            give(.page(meta))
        case .event(let event): give(event)
        case .bookmark(let version, let ends):
            give(.event(.bookmark(version: "\(version)", endsInitialEvents: ends)))
        case .end: finish(.end)
        }
    }

    /// Reads an event, be it for the first time or again.
    mutating func give(_ event: ModelServer.Event) {
        lastRead = (event.object.key, event.object)
        let change: ListWatchEvent.Change =
            switch event.change {
            case .added: .added
            case .modified: .modified
            case .deleted: .deleted
            }
        give(.event(.change(change, version: event.object.metadata.resourceVersion)))
    }

    mutating func sendBookmark() {
        if let piece = answer?.bookmark(from: server) { read(piece) }
    }

    /// Runs without faults until the store is right; false if that takes longer than it may.
    mutating func settle(within limit: Duration) -> Bool {
        let end = now + limit
        while !(isWatching && isRight) {
            guard now <= end else { return false }
            if !proceed() { return isRight }
            now = now + .milliseconds(1)
        }
        return true
    }
}
