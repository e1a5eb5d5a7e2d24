import JSON
import Platform
import TestSupport

@testable import CNI

/// A container runtime as far as networks go: it runs a list's plugins as libcni does.
struct Runtime {
    let node: Node
    let list: NetworkList

    /// Runs ADD along the list; each plugin gets the result of the one before it.
    @discardableResult
    func add(_ pod: Pod) throws -> PodResult {
        var previous: JSONValue?
        for plugin in list.plugins {
            let text = try call("ADD", plugin, pod, pod.members(plugin, previous))
            previous = try JSONValue(parsing: text.span)
        }
        return try PodResult(previous ?? .null, list)
    }

    func check(_ pod: Pod, _ result: PodResult) throws {
        for plugin in list.plugins {
            try expectSilence(
                call("CHECK", plugin, pod, pod.members(plugin, result.document)), plugin)
        }
    }

    /// Runs DEL backwards and ends with the first plugin that fails (C41).
    ///
    /// Versions before 0.4.0, and runtimes that have lost it, give no result.
    func delete(_ pod: Pod, _ result: PodResult? = nil) throws {
        let previous = list.version >= .v040 ? result?.document : nil
        for plugin in list.plugins.reversed() {
            try expectSilence(call("DEL", plugin, pod, pod.members(plugin, previous)), plugin)
        }
    }

    func collectGarbage(keeping pods: [Pod]) throws {
        let valid = JSONValue.array(pods.map(\.attachment))
        for plugin in list.plugins {
            let text = try call(
                "GC", plugin, nil,
                [("cni.dev/valid-attachments", valid), ("cni.dev/attachments", valid)])
            try expectSilence(text, plugin)
        }
    }

    func status() throws {
        for plugin in list.plugins { try expectSilence(call("STATUS", plugin, nil, []), plugin) }
    }
}

extension Runtime {
    private func call(
        _ command: String, _ plugin: JSONObject, _ pod: Pod?, _ members: [(String, JSONValue)]
    ) throws -> [UInt8] {
        let type = plugin["type"]?.string ?? ""
        let text = JSONValue.object(list.configuration(of: plugin, adding: members)).text
        let outcome = try node.run(
            type, ["CNI_COMMAND=\(command)"] + (pod?.variables ?? []), input: Array(text.utf8))
        guard outcome.status.isSuccess else { throw failure(of: "\(type) \(command)", outcome) }
        return outcome.output
    }

    private func failure(of plugin: String, _ outcome: Program.Outcome) -> PluginFailure {
        let document = try? JSONValue(parsing: outcome.output.span).object
        let words = outcome.output.isEmpty ? outcome.errors : outcome.output
        return PluginFailure(
            plugin: plugin, code: document?["code"]?.integer,
            words: "\(outcome.status) \(String(decoding: words, as: UTF8.self))")
    }

    /// C12: nothing but ADD has a result.
    private func expectSilence(_ output: [UInt8], _ plugin: JSONObject) throws {
        guard !output.isEmpty else { return }
        throw PluginFailure(
            plugin: plugin["type"]?.string ?? "", code: nil,
            words: "unexpected output: \(String(decoding: output, as: UTF8.self))")
    }
}

extension Pod {
    /// What libcni adds to the configuration of one plugin for a call about this pod.
    fileprivate func members(
        _ plugin: JSONObject, _ previous: JSONValue?
    ) -> [(String, JSONValue)] {
        var members: [(String, JSONValue)] = []
        if let previous { members.append(("prevResult", previous)) }
        if let runtime = plugin.runtimeConfiguration(capabilities) {
            members.append(("runtimeConfig", .object(runtime)))
        }
        return members
    }
}
