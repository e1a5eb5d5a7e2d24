package import JSON
package import Kubernetes
import Platform
import Proxy
import Support

/// How an agent does, as one document for people and programs.
package struct StatusReport: Sendable {
    private let state: AgentState
    private let source: any ObjectSource
    private let place: String

    /// `place` says where objects come from.
    package init(_ state: AgentState, _ source: any ObjectSource, from place: String) {
        self.state = state
        self.source = source
        self.place = place
    }
}

extension StatusReport {
    package var json: JSONValue {
        let now = Moment.now
        return .object([
            "version": .string(Version.current),
            "node": .string(state.nodeName),
            "pid": .number("\(ProcessID.current.rawValue)"),
            "startedAt": .string(state.start.wall.text),
            "uptimeSeconds": .seconds(now.monotonic - state.start.monotonic),
            "ready": .bool(state.unready.isEmpty),
            "process": process,
            "source": sourceState(now),
            "parts": .array(parts(now)),
        ])
    }

    private var process: JSONValue {
        let usage = ProcessMetrics.current
        return .object([
            "residentBytes": .number("\(Int(usage.residentBytes ?? 0))"),
            "processorSeconds": .number("\(usage.processorSeconds ?? 0)"),
        ])
    }

    private func sourceState(_ now: Moment) -> JSONValue {
        let (snapshot, statistics) = (source.store.snapshot, source.statistics)
        let kinds = statistics.kinds.keys.sorted { $0.rawValue < $1.rawValue }.map { kind in
            let state = snapshot[state: kind]
            return JSONValue.object([
                "kind": .string(kind.name),
                "synced": .bool(state.isSynced),
                "objects": .number("\(snapshot.count(of: kind))"),
                "contactSeconds": .seconds(since: state.lastContact, at: now),
                "failures": .number("\(statistics.kinds[kind]?.failures ?? 0)"),
            ])
        }
        return .object(["place": .string(place), "kinds": .array(kinds)])
    }

    private func parts(_ now: Moment) -> [JSONValue] {
        let states = state.current
        return AgentPart.allCases.map { part in
            states[part].map { $0.json(part, now) }
                ?? .object(["name": .string(part.rawValue), "state": .string("off")])
        }
    }
}

extension PartState {
    fileprivate func json(_ part: AgentPart, _ now: Moment) -> JSONValue {
        var members: JSONObject = [
            "name": .string(part.rawValue),
            "state": .string(!isReady ? "starting" : problem == nil ? "ok" : "impaired"),
            "syncSeconds": .seconds(since: lastSync?.monotonic, at: now),
            "errors": .number("\(errors)"),
        ]
        if let problem { members.insert(.string(problem), at: ["problem"]) }
        if let lastError {
            members.insert(
                .object(["text": .string(lastError.text), "time": .string(lastError.time.text)]),
                at: ["lastError"])
        }
        members.insert(counts.json, at: ["objects"])
        members.insert(changes.json, at: ["changes"])
        return .object(members)
    }
}

extension [String: Int] {
    fileprivate var json: JSONValue {
        let members = sorted { $0.key < $1.key }.map {
            JSONObject.Member(key: $0.key, value: .number("\($0.value)"))
        }
        return .object(JSONObject(members: members))
    }
}

extension JSONValue {
    /// To the tenth.
    fileprivate static func seconds(_ duration: Duration) -> JSONValue {
        .number("\((duration / .milliseconds(100)).rounded() / 10)")
    }

    fileprivate static func seconds(since time: MonotonicTime?, at now: Moment) -> JSONValue {
        time.map { .seconds(now.monotonic - $0) } ?? .null
    }
}
