import Platform
import Support

/// `weft version`.
let versionCommand = Subcommand("weft version", summary: "Print the version") { _ in
    try StandardStream.output.write("weft \(Version.current)\n")
    return .success
}
