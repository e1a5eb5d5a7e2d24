import Measure
import Platform
import Support

let command = Subcommand(
    "weft-bench-manifests", summary: "how soon an edited manifest is seen",
    options: [
        Option("files", value: "N", standard: "1000", help: "How many manifests there are"),
        Option("edits", value: "N", standard: "200", help: "How many of them are edited"),
        Option("limit", value: "MS", standard: "50", help: "What the slowest may take"),
    ]
) { arguments in
    let folder = try EditedDirectory(files: try arguments.number("files", in: 1...100_000))
    let samples = try folder.measure(edits: try arguments.number("edits", in: 1...100_000))
    let limit = Duration.milliseconds(try arguments.number("limit", in: 1...60_000))
    print("manifests: \(folder.firstSight.milliseconds) ms until \(folder.files) files were seen")
    print("manifests: \(samples)")
    print("manifests: \(folder.readBytes / samples.count) bytes read an edit")
    return samples.rank(1) <= limit ? .success : .failure
}
command.run(Array(CommandLine.arguments.dropFirst())).exit()
