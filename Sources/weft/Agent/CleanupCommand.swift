import Agent
import Platform
import Support

/// `weft cleanup`.
let cleanupCommand = Subcommand(
    "weft cleanup", summary: "Remove what Weft has made on this node, and list it",
    details: """
        Removes the plugins' configuration and the node's ranges, routes to other nodes, tunnels,
        the links and addresses of the DNS server, nftables tables, and sockets. Whatever others have
        made stays, files at the same paths too: kernel objects carry Weft's marks, and files are told
        by their content. Kernel settings, such as forwarding, stay as they are.

        Running pods keep their links and addresses, but services, host ports and the ways to other
        nodes end for them. With --pods they lose those, too: drain the node first. The folders of
        leases stay, and so do bridges, for other plugins use them as well.

        Stop the agent, the proxy and the DNS server first: they would make it all again.

        Prints a line for each object. Ends with status 1 if something could not be removed.

        Examples:
          weft cleanup --dry-run
          systemctl stop weft-agent && weft cleanup
        """,
    options: [
        Option("dry-run", help: "Only list what would be removed"),
        Option("pods", help: "Remove pods' links and addresses, too"),
        Option("config", value: "FILE", help: "The agent's configuration, if it names other paths"),
        Option(
            "data-dir", value: "DIR", standard: CleanupSettings().dataDirectory,
            help: "Where ipam.dataDir says that leases are"),
    ]
) { arguments in
    let settings = try CleanupSettings(arguments)
    guard !arguments.has("dry-run") else { return try settings.list() }
    if settings.isAgentRunning {
        throw AgentError(
            .machine, "clean up",
            "the agent at \(settings.socket) runs and would make it all again; stop it first")
    }
    return try settings.clean()
}

extension CleanupSettings {
    fileprivate init(_ arguments: Arguments) throws {
        self.init()
        if let path = arguments.text("config") {
            self.init(try AgentConfiguration.read(path: path).configuration)
        }
        dataDirectory = arguments.text("data-dir") ?? dataDirectory
        takesPods = arguments.has("pods")
    }

    fileprivate func list() throws -> ExitCode {
        var cleanup = try NodeCleanup(self)
        for object in try cleanup.find() {
            try StandardStream.output.write("would remove \(object)\n")
        }
        return .success
    }

    fileprivate func clean() throws -> ExitCode {
        var cleanup = try NodeCleanup(self)
        var status = ExitCode.success
        for object in try cleanup.find() {
            do throws(AgentError) {
                try cleanup.remove(object)
                try? StandardStream.output.write("removed \(object)\n")
            } catch {
                try? StandardStream.error.write("weft cleanup: \(error)\n")
                status = .failure
            }
        }
        return status
    }
}
