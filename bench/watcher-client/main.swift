import Kubernetes
import Measure
import Platform
import Support

/// What is measured: a process that holds a cluster, and nothing else.
let command = Subcommand(
    "weft-measured-source", summary: "Hold services and endpoint slices, and say what it costs",
    options: [
        Option("kubeconfig", value: "FILE", help: "The server"),
        Option(
            "compare", value: "DIR",
            help: "Hold pods as well, and compare with lists in a directory at last"),
        Option("changes", value: "N", standard: "0", help: "Changed slices to wait for"),
    ]
) { arguments in
    let changes = try arguments.number("changes", in: 0...1_000_000)
    let directory = arguments.text("compare")
    var held = try Held(arguments.text("kubeconfig") ?? "", withPods: directory != nil)
    try held.waitUntilSynced()
    print(held.state("synced"))
    if let directory {
        let isEqual = try Comparison(directory: directory).run(held.store)
        print(held.state("end"))
        print(held.requests)
        held.stop()
        return isEqual ? .success : .failure
    }
    let before = ProcessorTime.now
    try held.wait(for: changes)
    let spent = ProcessorTime.now - before
    if changes > 0 {
        print("change_us", (spent / .microseconds(1) / Double(changes)).rounded(toDecimals: 1))
    }
    print(held.state("end"))
    held.stop()
    return .success
}
command.run(Array(CommandLine.arguments.dropFirst())).exit()
