import Platform

/// The agent of a node, which gives it its pods' network and its services.
struct NodeAgent {
    let node: Node
    let mode: RouteMode

    /// Starts the agent with a configuration that keeps to the node's own directory.
    func start(_ programs: Programs, in directory: RunDirectory) throws -> Daemon {
        try File.replace(node.configuration, with: configuration(directory).utf8.span)
        let program = programs.weft(["agent", "--config", node.configuration])
        return try Daemon(node.agentName, program, on: node.host, in: directory)
    }

    private func configuration(_ directory: RunDirectory) -> String {
        """
        apiVersion: weft.dev/v1
        kind: AgentConfiguration
        nodeName: \(node.name)
        manifests: \(directory.manifests)
        routes:
          mode: \(mode.rawValue)
        cni:
          directory: \(node.networks)
          file: \(Node.networkListName)
          rangeFile: \(node.rangeFile)
        status:
          socket: \(node.socket)

        """
    }

    private static let patience = Duration.seconds(10)
    private static let pause = Duration.milliseconds(2)

    /// Waits until the agent lets pods be started, as a runtime does: by the plugins' configuration.
    func wait(_ interruption: Interruption) throws {
        let deadline = MonotonicTime.now + Self.patience
        while try File.status(node.networkList) == nil {
            try interruption.check()
            if MonotonicTime.now > deadline {
                throw DemoError(
                    .program, "start pods on \(node.name)",
                    "its agent has not written \(node.networkList) within \(Self.patience.words)")
            }
            sleep(for: Self.pause)
        }
    }
}
