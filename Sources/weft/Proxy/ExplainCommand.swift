import Inspection
import JSON
import Kubernetes
import Platform
import Proxy
import Support

/// `weft explain`.
let explainCommand = Subcommand(
    "weft explain", summary: "Say which way a connection to a service goes on this node, and why",
    details: """
        DESTINATION is an address with a port (10.96.0.10:53/udp, [fd00::a]:80), the node's own
        address with a node port (192.168.9.1:30080), or a service by name, with or without one of
        its ports by name or number (default/web, default/web:http, kube-system/kube-dns:53/udp).
        The protocol is TCP unless it is written.

        Looks at the objects and the configuration as weft proxy does, and says which service port
        it is or why it is none, who may come, which backends take it in which shares, whether the
        sender's address is replaced, and whether a client stays with its backend. Then it sends the
        same connection through the rules and maps that the kernel holds, and says whether they
        agree, or what differs. Nothing is sent and nothing is changed.

        Without --from the sender is somebody outside the node. Pods that are told apart by their
        links, not by their addresses, count as others here.

        Ends with status 0 if the kernel agrees, 3 if it differs, 1 if nothing could be explained or
        the kernel could not be read, 64 for a command line that is wrong.

        Examples:
          weft explain 10.96.0.10:53/udp --from 10.244.1.7 --config config.conf
          weft explain default/web:http --manifests /etc/weft/services -o json
        """,
    options: [
        Option("from", value: "ADDRESS", help: "Who sends"),
        Option("output", letter: "o", value: "text|json", standard: "text", help: "How to print"),
    ] + ProxyArguments.sourceOptions,
    operand: "DESTINATION[/PROTOCOL]"
) { arguments in
    guard let text = arguments.operands.first, arguments.operands.count == 1 else {
        throw UsageError("one destination is wanted, as 10.96.0.10:53/udp or default/web:http")
    }
    let format = arguments.text("output") ?? "text"
    guard ["text", "json"].contains(format) else {
        throw UsageError("--output must be text or json, not '\(format)'")
    }
    let question = try ExplainRequest(text, from: arguments.text("from"))
    let request = try ProxyArguments(arguments)
    let loaded = try request.load()
    let configuration = loaded.configuration
    let session = try ProxySession(
        request, configuration, Log(from: configuration.logLevel, configuration.logFormat))
    let explanations = try session.explain(question)
    try StandardStream.output.write(
        format == "json"
            ? JSONValue.array(explanations.map(\.document)).indentedText + "\n"
            : explanations.map(\.text).joined(separator: "\n"))
    return .finding(explanations)
}

extension ExitCode {
    /// The kernel does something else than was explained.
    private static let differs = ExitCode(rawValue: 3)

    fileprivate static func finding(_ explanations: [Explanation]) -> ExitCode {
        var status = ExitCode.success
        for explanation in explanations {
            switch explanation.kernel {
            case .agrees: break
            case .differs: return .differs
            case .unchecked: status = .failure
            }
        }
        return status
    }
}
