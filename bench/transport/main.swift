import APIServerSupport
import Measure
import Platform
import Support
import Transport

let command = Subcommand(
    "weft-bench-transport",
    summary: "requests over TLS and HTTP/2 to a server in the same process",
    options: [
        Option("requests", value: "N", standard: "5000", help: "How many requests"),
        Option("parallel", value: "N", standard: "50", help: "How many at a time, the second time"),
        Option("megabytes", value: "N", standard: "200", help: "How long the one long answer is"),
    ]
) { arguments in
    let requests = try arguments.number("requests", in: 1...10_000_000)
    let parallel = try arguments.number("parallel", in: 1...1000)
    let megabytes = try arguments.number("megabytes", in: 1...4000)
    var exchange = try Exchange()
    for width in [1, parallel] {
        let time = try exchange.ask(requests, at: width)
        let rate = Double(requests) / (time / .seconds(1))
        print("transport: \(Int(rate.rounded())) requests/s, \(width) at a time")
    }
    let time = try exchange.receive(megabytes)
    let rate = Double(megabytes) / (time / .seconds(1))
    print("transport: \(Int(rate.rounded())) MiB/s, one answer of \(megabytes) MiB")
    print("transport: \(exchange.client.counters.connections) connection")
    return .success
}
command.run(Array(CommandLine.arguments.dropFirst())).exit()
