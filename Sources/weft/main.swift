import Platform
import Support

let program = Program(
    "weft", summary: "node networking of a Kubernetes cluster", commands: [versionCommand])
program.run(Array(CommandLine.arguments.dropFirst())).exit()
