import DNS
import Inspection
import JSON
import Kubernetes
import Platform
import Support

/// `weft dig`.
let digCommand = Subcommand(
    "weft dig", summary: "Ask a DNS server, and say which objects gave the answer",
    details: """
        Asks the server for the records of NAME, and prints what it says: the records in columns, with
        their seconds to live, and whether the server has authority for them. Without TYPE it asks for
        A and AAAA. TYPE is a name such as SRV, MX or TXT, or TYPE and a number.

        SERVER is an address, with or without a port (@10.96.0.10, @[fd00::a]:5353, @fe80::1%eth0);
        without one it is the first nameserver of /etc/resolv.conf. Questions go by UDP with EDNS, and
        by TCP when a reply was cut short. --timeout and --tries are those of resolv.conf if they are
        not given. A reason that the server gives for its answer (RFC 8914) is printed in words.

        NAME is taken as whole. With --search the search list of /etc/resolv.conf is put behind it as
        the C library would, according to ndots, and every name that was tried is shown with what came
        of it. A NAME with a dot at its end is whole in any case.

        With --why, or an option that says where objects are, it looks at the cluster's objects after
        the answer, and says which Service, EndpointSlice, Pod or Namespace gave it, or what is missing.
        Names are the cluster's if they lie in --zone, or are those of addresses. It looks at the objects
        as they are now, whatever the server's cache holds, and knows the server's own settings
        (pods, namespaces, labels) as little as any client.

        \(SourceChoice.help)

        Ends with status 0 if there is an answer, 1 if the name or such a record of it does not exist,
        2 if nobody answered, or the server failed or refused, and 64 for a command line that is wrong.
        Objects that could not be looked at change nothing in this.

        Examples:
          weft dig web.shop --search --why
          weft dig _http._tcp.web.shop.svc.cluster.local SRV @10.96.0.10
          weft dig -x 10.96.0.1 --manifests /etc/weft/manifests
          weft dig example.org MX --short
        """,
    options: DigRequest.options + [
        Option("why", help: "Say which objects of the cluster gave the answer"),
        Option(
            "zone", value: "ZONE", standard: "cluster.local", help: "Where the cluster's names lie"),
    ] + SourceChoice.options.filter { $0.name != "timeout" },
    operand: "NAME [TYPE] [@SERVER[:PORT]]"
) { arguments in
    let request = try DigRequest(arguments)
    let zone = try DigCluster(arguments)
    do {
        let (report, finding) = try ask(request)
        try print(report, request, explainedBy: zone)
        return finding.status
    } catch let error as DNSError {
        try StandardStream.error.write("weft dig: \(error)\n")
        return .noReply
    }
}

private func ask(_ request: DigRequest) throws(DNSError) -> (DigReport, DigResult.Finding) {
    // Without the file there is no server and no search list, which is said where one is needed.
    let text = (try? File.read("/etc/resolv.conf", limit: longestResolverFile)) ?? []
    let configuration = ResolverConfiguration(text)
    let exchange = try DigExchange(request, configuration)
    var report = DigReport()
    try report.run(request.names(configuration)) { name throws(DNSError) in
        var replies: [DigReply] = []
        for type in request.types {
            replies.append(try exchange.ask(Message.Question(name, type, request.recordClass)))
        }
        return DigResult(name, replies)
    }
    return (report, report.last?.finding ?? .failure)
}

/// The file has a dozen lines where it has many.
private let longestResolverFile = 1 << 20

private func print(
    _ report: DigReport, _ request: DigRequest, explainedBy cluster: DigCluster?
) throws(PlatformError) {
    let output = StandardStream.output
    switch request.format {
    case .short: try output.write(report.shortText)
    case .json:
        let why = cluster?.explain(report, request)
        try output.write(report.document(why).indentedText + "\n")
    case .text:
        // The answer does not wait for the objects.
        try output.write(report.text)
        let why = cluster?.explain(report, request) ?? []
        try output.write(why.map { "  why: \($0)\n" }.joined())
    }
}

/// The cluster whose objects explain an answer.
private struct DigCluster {
    private let place: SourceChoice.Place
    private let zone: DomainName

    /// Nil if nobody wants an explanation.
    init?(_ arguments: Arguments) throws(UsageError) {
        let zone = arguments.text("zone") ?? ""
        do throws(DNSError) { self.zone = try DomainName(zone) } catch {
            throw UsageError("--zone needs a name, not '\(zone)'")
        }
        place = try SourceChoice(arguments).place
        let wishes = ["why", "kubeconfig", "context", "manifests"]
        if !wishes.contains(where: { arguments.has($0) }) { return nil }
    }

    func explain(_ report: DigReport, _ request: DigRequest) -> [String]? {
        guard let name = report.last?.name else { return nil }
        let kinds = NameExplanation.kinds(name, zone: zone)
        if kinds.isEmpty { return ["\(name) lies outside of \(zone), and is no address's name"] }
        var lines: [String]?
        do {
            let choice = SourceChoice(place)
            _ = try withSource(choice, kinds) { source, reports in
                var follower = try Follower(source, reports, kinds: kinds)
                let look = try follower.waitForSync(within: choice.patience)
                lines = NameExplanation(name, request.types, look.snapshot, zone: zone)?.lines
                // An object that could not be read may be the one that is missing.
                for text in Set(reports.takeAll().filter { $0.level != .info }.map(\.text)) {
                    lines?.append("not all objects could be read: \(text)")
                }
                return .success
            }
        } catch {
            return ["the objects could not be looked at: \(error)"]
        }
        return lines
    }
}

extension DigResult.Finding {
    fileprivate var status: ExitCode {
        switch self {
        case .answer: .success
        case .noData, .noSuchName, .referral: .failure
        case .failure: .noReply
        }
    }
}

extension ExitCode {
    /// Nobody answered, or the server could not or would not.
    fileprivate static let noReply = ExitCode(rawValue: 2)
}
