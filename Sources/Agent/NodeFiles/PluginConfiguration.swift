import JSON
import Network
import Platform

/// A configuration of plugins in the runtime's directory.
struct PluginConfiguration: Hashable, Sendable {
    let file: String
    /// What keeps a runtime from using it.
    private(set) var fault: String?
    private(set) var network: String?
    /// The plugins that it starts, those that give addresses too.
    private(set) var plugins: [String] = []
    /// Networks that it gives addresses of by itself.
    private(set) var subnets: [CIDR] = []
    /// Whether its plugins give what leaves a subnet the node's address.
    private(set) var masquerades = false

    /// Reads a file's content, as far as it is what it should be.
    init(file: String, content: [UInt8]) {
        self.file = file
        let document: JSONValue
        do throws(JSONError) {
            document = try JSONValue(document: content.span)
        } catch {
            fault = "\(error)"
            return
        }
        network = document.object?["name"]?.string
        let plugins = document.object?["plugins"]?.array ?? [document]
        for plugin in plugins { read(plugin.object ?? [:]) }
        if self.plugins.isEmpty { fault = "it names no plugin" }
    }

    init(file: String, fault: String) {
        self.file = file
        self.fault = fault
    }

    private mutating func read(_ plugin: JSONObject) {
        let addresses = plugin["ipam"]?.object ?? [:]
        plugins += [plugin["type"], addresses["type"]].compactMap { $0?.string }
        if plugin["ipMasq"] == .bool(true) { masquerades = true }
        let ranges = addresses["ranges"]?.array?.flatMap { $0.array ?? [$0] } ?? []
        let texts = ([.object(addresses)] + ranges).compactMap { $0.object?["subnet"]?.string }
        subnets += texts.compactMap { CIDR($0)?.network }
    }
}

extension PluginConfiguration {
    /// The endings of what runtimes read (C42).
    private static let endings = [".conf", ".conflist", ".json"]

    /// All of a directory in the order of runtimes; none where there is no directory.
    static func all(in directory: String) throws(PlatformError) -> [PluginConfiguration] {
        guard try File.status(directory) != nil else { return [] }
        // Runtimes compare bytes, as sorted names of ASCII do.
        return try Directory.list(directory).filter { name in
            endings.contains { name.hasSuffix($0) }
        }.map { name in
            do throws(PlatformError) {
                return PluginConfiguration(
                    file: name, content: try File.read("\(directory)/\(name)"))
            } catch {
                return PluginConfiguration(file: name, fault: "\(error)")
            }
        }
    }
}
