import Platform
import Support

let tool = Tool(
    "weft", summary: "node networking of a Kubernetes cluster",
    commands: [demoCommand, versionCommand])
tool.run(Array(CommandLine.arguments.dropFirst())).exit()
