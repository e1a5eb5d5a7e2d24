import DNS
import Network
import Platform
import Topology

/// A server that runs beside others, until its last user has gone.
final class RunningServer: Sendable {
    let program: any NameServer
    private let port: Port
    private let host: Host
    private let daemon: Daemon

    /// How long a server may take to read all names of a large cluster.
    private static let patience = Duration.seconds(90)

    /// Starts it, and waits until it answers a question as it should.
    ///
    /// Nil if it has no such duty.
    init?(
        _ server: any NameServer, for duty: NameDuty, at site: NameSite, on host: Host,
        until question: NameQuestion
    ) throws {
        try Directory.create(site.directory)
        guard let program = try server.program(for: duty, at: site) else { return nil }
        self.program = server
        self.host = host
        port = site.port
        daemon = try Daemon(server.name, program, in: host.namespace)
        try daemon.wait(
            for: "right answer to \(question.name) \(question.type)", within: Self.patience
        ) {
            NameSite.addresses.allSatisfy { address in
                (try? ask(question, at: address.family))?.isRight(for: question) == true
            }
        }
    }
}

extension RunningServer {
    func address(_ family: IPFamily) -> AddressAndPort {
        let address: IPAddress = family == .v4 ? .v4(.loopback) : .v6(.loopback)
        return AddressAndPort(address, port)
    }

    /// The time that it and its children have had of the processors.
    var processorTime: Duration {
        get throws {
            try BenchError.of(.program, "time \(program.name)") {
                // One of its children that ends meanwhile is not needed for answers.
                try daemon.id.family.dropFirst().reduce(daemon.id.processorTime) {
                    $0 + ((try? $1.processorTime) ?? .zero)
                }
            }
        }
    }

    /// What several processes share is counted for each of them.
    var memory: Int {
        daemon.id.family.reduce(0) { $0 + ((try? ProcessMemory(of: $1))?.resident ?? 0) }
    }

    /// Asks one question and takes the whole answer.
    func ask(
        _ question: NameQuestion, at family: IPFamily, within patience: Duration = .seconds(1)
    ) throws(DNSError) -> Message {
        var request = DigRequest(try DomainName(question.name))
        request.server = DigServer(ScopedAddress(address(family).address), port)
        request.timeout = patience
        request.tries = 1
        let exchange = try DigExchange(request, ResolverConfiguration([]))
        let asked = Message.Question(try DomainName(question.name), question.type)
        return try host.run { () throws(DNSError) in try exchange.ask(asked).message }
    }

    /// Sees whether answers are what the records say.
    func check(_ questions: [NameQuestion]) throws {
        for question in questions {
            let answer = try BenchError.of(.traffic, "ask \(program.name)") {
                try ask(question, at: .v4)
            }
            if answer.isRight(for: question) { continue }
            let got = answer.answers.map { RecordData.text($0.type, $0.data) }
            throw BenchError(
                .program, "measure \(program.name)",
                "it answers \(question.name) \(question.type) with \(answer.responseCode) \(got), "
                    + "not \(question.code) \(question.answers.map(\.data))")
        }
    }

    /// Keeps it on some processors; nil lets it use all.
    func place(on processors: [Int]?) throws {
        try BenchError.of(.privilege, "keep \(program.name) on processors") {
            let processors = try processors ?? Thread.allowedProcessors
            for process in daemon.id.family { try process.place(on: processors) }
        }
    }

    func stop() { daemon.stop() }
}

extension Message {
    /// Whether the records are those of the question, in whatever order.
    func isRight(for question: NameQuestion) -> Bool {
        guard responseCode == question.code else { return false }
        let wanted = question.answers.map { (try? $0.octets) ?? [] }
        return answers.count == wanted.count && answers.allSatisfy { $0.type == question.type }
            && Set(answers.map { $0.data.compared(of: $0.type) })
                == Set(wanted.map { $0.compared(of: question.type) })
    }
}

extension [UInt8] {
    /// Without the weight of ports, of which the specification says nothing, and servers differ.
    fileprivate func compared(of type: RecordType) -> [UInt8] {
        type == .srv ? Array(prefix(2)) + dropFirst(4) : self
    }
}
