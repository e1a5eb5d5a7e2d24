import APIServerSupport
import Kubernetes
import Synchronization

/// A model server's services behind HTTP, as an API server answers in JSON.
final class ModelAPI: RequestHandler {
    private struct State {
        var model = ModelServer()
        var watches: [(stream: ResponseStream, answer: ModelAnswer)] = []
    }

    private let state = Mutex(State())

    func respond(to request: ServerRequest, with stream: ResponseStream) {
        let query = Self.query(of: request.path)
        guard request.path.hasPrefix("/api/v1/services?") else {
            return Self.refuse(stream, 404, "NotFound")
        }
        state.withLock { state in
            do throws(ModelServer.Refusal) {
                if query["watch"] == "1" {
                    try Self.watch(query, stream, &state)
                } else {
                    stream.respond(try Self.list(query, &state.model))
                }
            } catch {
                Self.refuse(stream, error == .expired ? 410 : 504, "\(error)")
            }
        }
    }

    /// Changes objects, and tells those who watch.
    func change(_ body: (inout ModelServer) -> Void) {
        state.withLock { state in
            body(&state.model)
            Self.pump(&state)
        }
    }

    /// Tells those who watch how far they are, as API servers do about once a minute.
    func bookmark() {
        state.withLock { state in
            for index in state.watches.indices {
                if let piece = state.watches[index].answer.bookmark(from: state.model) {
                    state.watches[index].stream.write(Array(piece.json.utf8))
                }
            }
        }
    }

    var objects: [String: Service] { state.withLock { $0.model.objects } }
}

extension ModelAPI {
    private static func query(of path: String) -> [String: String] {
        let parts = path.split(separator: "?").last?.split(separator: "&") ?? []
        let pairs = parts.map { $0.split(separator: "=", omittingEmptySubsequences: false) }
        return Dictionary(
            pairs.map { (String($0[0]), String($0.last ?? "").removingPercent) }
        ) { $1 }
    }

    private static func watch(
        _ query: [String: String], _ stream: ResponseStream, _ state: inout State
    ) throws(ModelServer.Refusal) {
        let version = Int(query["resourceVersion"] ?? "")
        if query["sendInitialEvents"] == "true" {
            let page = try state.model.list(limit: nil, notOlderThan: version)
            state.watches.append((stream, ModelAnswer(stream: page)))
        } else {
            state.watches.append((stream, ModelAnswer(watchFrom: version ?? 0)))
        }
        stream.begin(200, [("content-type", "application/json")])
        pump(&state)
    }

    private static func list(
        _ query: [String: String], _ model: inout ModelServer
    ) throws(ModelServer.Refusal) -> String {
        let limit = query["limit"].flatMap { Int($0) }
        let page: ModelServer.Page
        if let next = query["continue"] {
            page = try model.list(limit: limit, next: next)
        } else {
            let oldest = query["resourceVersion"].flatMap { Int($0) }
            page = try model.list(limit: limit, notOlderThan: oldest)
        }
        let items = page.objects.map(\.json).joined(separator: ",")
        let rest = page.next.isEmpty ? "" : #","remainingItemCount":\#(page.remaining)"#
        return #"{"kind":"ServiceList","metadata":{"resourceVersion":"\#(page.version)","#
            + #""continue":"\#(page.next)"\#(rest)},"items":[\#(items)]}"#
    }

    /// Sends what there is to be told.
    private static func pump(_ state: inout State) {
        state.watches.removeAll { !$0.stream.isOpen }
        for index in state.watches.indices {
            let stream = state.watches[index].stream
            do throws(ModelServer.Refusal) {
                while stream.isOpen,
                    let piece = try state.watches[index].answer.next(from: state.model)
                {
                    stream.write(Array(piece.json.utf8))
                }
            } catch {
                // What is forgotten is told as an event, and the watch ends.
                let status =
                    #"{"kind":"Status","status":"Failure","reason":"Expired","code":410}"#
                stream.write(Array(#"{"type":"ERROR","object":\#(status)}"#.utf8))
                stream.end()
            }
        }
    }

    private static func refuse(_ stream: ResponseStream, _ status: Int, _ reason: String) {
        let message = status == 504 ? "Too large resource version" : reason
        stream.respond(
            #"{"kind":"Status","status":"Failure","reason":"\#(reason)","#
                + #""message":"\#(message)","code":\#(status)}"#,
            status: status)
    }
}

extension Service {
    fileprivate var json: String {
        let content = metadata.labels["content"] ?? ""
        return #"{"metadata":{"name":"\#(metadata.name)","namespace":"\#(metadata.namespace)","#
            + #""uid":"\#(metadata.uid.text)","resourceVersion":"\#(metadata.resourceVersion)","#
            + #""labels":{"content":"\#(content)"}}}"#
    }
}

extension ModelAnswer.Piece {
    fileprivate var json: String {
        switch self {
        case .object, .meta, .end: ""
        case .event(let event):
            #"{"type":"\#(event.change.name)","object":\#(event.object.json)}"#
        case .bookmark(let version, let isEnd):
            #"{"type":"BOOKMARK","object":{"metadata":{"resourceVersion":"\#(version)"\#(isEnd ? Self.mark : "")}}}"#
        }
    }

    private static let mark = #","annotations":{"k8s.io/initial-events-end":"true"}"#
}

extension ModelServer.Event.Change {
    fileprivate var name: String {
        switch self {
        case .added: "ADDED"
        case .modified: "MODIFIED"
        case .deleted: "DELETED"
        }
    }
}

extension String {
    /// Without the escapes of a query; only ASCII is expected.
    fileprivate var removingPercent: String {
        var bytes: [UInt8] = []
        var rest = utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%"), rest.count >= 2,
                let value = UInt8(String(Substring(rest.prefix(2))), radix: 16)
            else {
                bytes.append(byte)
                continue
            }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
