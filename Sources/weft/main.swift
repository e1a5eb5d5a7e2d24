import Platform
import Support

let tool = Tool(
    "weft", summary: "node networking of a Kubernetes cluster",
    commands: [
        agentCommand, statusCommand, cleanupCommand, doctorCommand, getCommand, watchCommand,
        rbacCommand, proxyCommand, explainCommand, dnsCommand,
        digCommand, demoCommand, versionCommand,
    ],
    groups: [benchCommands, ipamCommands]
).documented
tool.run(Array(CommandLine.arguments.dropFirst())).exit()
