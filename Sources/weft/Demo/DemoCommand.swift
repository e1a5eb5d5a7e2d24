import Platform
import Support

/// `weft demo`.
let demoCommand = Subcommand(
    "weft demo", summary: "Make a small network with a service, use it and remove it",
    options: [
        Option("connections", value: "N", standard: "6", help: "How many the client makes")
    ]
) { arguments in
    var demo = try Demo(
        DemoPlan(connections: try arguments.number("connections", in: 1...1000)))
    try demo.run()
    return .success
}
