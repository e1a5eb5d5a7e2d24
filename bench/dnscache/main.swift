import Platform
import Support

let command = Subcommand(
    "weft-bench-dnscache", summary: "what answers cost that are cached",
    options: [
        Option("threads", value: "N", standard: "2", help: "How many threads look at most"),
        Option("questions", value: "N", standard: "10000000", help: "How many each of them asks"),
        Option("flood", value: "N", standard: "1000000", help: "How many names are asked for once"),
    ]
) { arguments in
    let questions = try arguments.number("questions", in: 1...1_000_000_000)
    for threads in 1...(try arguments.number("threads", in: 1...64)) {
        for names in [100, 9984] {
            print(try Hits(threads: threads, names: names, questions: questions).run())
        }
    }
    let names = try arguments.number("flood", in: 1...100_000_000)
    print(try Flood(names: names, hot: 1000).run())
    return .success
}
command.run(Array(CommandLine.arguments.dropFirst())).exit()
