import CNI
import Platform

/// Where Weft's things are on a node, and how much of them is to go.
package struct CleanupSettings: Hashable, Sendable {
    package var files = NodeFileSettings()
    /// Where the agent listens; other programs' sockets are beside it.
    package var socket = AgentConfiguration.Status().socket
    package var dataDirectory = AddressSettings.standardDataDirectory
    /// Whether pods lose their links and addresses, too.
    package var takesPods = false

    package init() {}

    package init(_ configuration: AgentConfiguration) {
        files = NodeFileSettings(configuration.cni)
        socket = configuration.status.socket
    }
}

extension CleanupSettings {
    /// Whether an agent takes connections now.
    package var isAgentRunning: Bool {
        let end = MonotonicTime.now + .seconds(1)
        do throws(PlatformError) {
            _ = try StreamSocket(connectedTo: .unix(.path(socket)), until: end)
            return true
        } catch {
            return false
        }
    }

    var runDirectory: String {
        socket.lastIndex(of: "/").map { String(socket[..<$0]) } ?? "."
    }
}
