import Agent
import Inspection
import JSON
import Platform
import Support

/// `weft status`.
let statusCommand = Subcommand(
    "weft status", summary: "Show how this node's agent does, on one screen",
    details: """
        Asks the agent that runs on this node: its version and age, where objects come from and how
        old the news is, and of each part whether it works, when it was last found right, what it
        keeps on the node and has changed, and what went wrong.

        A part is ok, starting (it has not done its work once), impaired (something keeps it from
        its work; the line below says what) or off.

        Ends with status 0 if every part that is on is ok, else with 1; so it can be asked in
        scripts.

        Examples:
          weft status
          weft status -w
          weft status -o json | jq '.parts[] | select(.state != "ok")'
        """,
    options: [
        Option("o", letter: "o", value: "json", help: "The whole document"),
        Option("w", letter: "w", help: "Show it again every second, until a signal"),
        Option(
            "socket", value: "FILE", standard: "/run/weft/agent.sock",
            help: "Where the agent listens"),
    ]
) { arguments in
    let request = try StatusRequest(arguments)
    return arguments.has("w") ? try request.watch() : try request.print(clears: false)
}

private struct StatusRequest {
    let socket: String
    let isJSON: Bool

    init(_ arguments: Arguments) throws(UsageError) {
        socket = arguments.text("socket") ?? ""
        switch arguments.text("o") {
        case nil: isJSON = false
        case "json": isJSON = true
        default: throw UsageError("-o must be json")
        }
    }

    /// Homes the cursor and clears what is below it (ECMA-48).
    private static let clear = "\u{1b}[H\u{1b}[J"

    func print(clears: Bool) throws -> ExitCode {
        let text: [UInt8]
        do throws(PlatformError) {
            text = try StatusClient.get("/status", from: socket)
        } catch {
            throw AgentError(
                .machine, "ask the agent at \(socket)",
                "\(error.reason); is weft agent running, and with this status.socket?")
        }
        let document = try JSONValue(document: text.span)
        guard let screen = StatusScreen(document) else {
            throw AgentError(.machine, "read what the agent at \(socket) says", "it is no status")
        }
        let shown = isJSON ? document.indentedText + "\n" : screen.text
        try StandardStream.output.write((clears ? Self.clear : "") + shown)
        return screen.isWell ? .success : .failure
    }

    func watch() throws -> ExitCode {
        try SignalSource.block(Follower.signals + [.pipe])
        var loop = try EventLoop<Tick>()
        try loop.receive(Follower.signals)
        var events: [Event<Tick>] = []
        while true {
            do { _ = try print(clears: !isJSON) } catch let error as AgentError {
                try StandardStream.output.write("\(isJSON ? "" : Self.clear)\(error)\n")
            }
            try loop.wait(into: &events, until: .now + .seconds(1))
            if !events.isEmpty { return .success }
        }
    }

    /// The loop has nothing to report but signals.
    private enum Tick: UInt64, Sendable { case none }
}
