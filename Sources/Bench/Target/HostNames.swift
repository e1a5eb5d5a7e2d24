import DNS
import Network
import Platform

/// Looks names up as programs of this machine do: in /etc/hosts, then by /etc/resolv.conf.
struct HostNames {
    private let hosts: HostsTable
    private let configuration: ResolverConfiguration

    init(hosts: [UInt8], resolver: [UInt8]) {
        self.hosts = HostsTable(parsing: hosts)
        configuration = ResolverConfiguration(resolver)
    }

    /// By the files of this machine; one that is not there says nothing.
    static var ofMachine: HostNames {
        HostNames(
            hosts: (try? File.read("/etc/hosts", limit: HostsTable.longestFile)) ?? [],
            resolver: (try? File.read("/etc/resolv.conf", limit: longestResolverFile)) ?? [])
    }

    private static let longestResolverFile = 1 << 20
}

extension HostNames {
    /// All addresses of an address, which is itself, or of a name.
    func addresses(of text: String) throws(BenchError) -> [IPAddress] {
        if let address = IPAddress(text) { return [address] }
        do throws(DNSError) {
            let name = try DomainName(text)
            let isComplete = text.hasSuffix(".")
            var found: [IPAddress] = []
            for type in [RecordType.a, .aaaa] {
                found += try records(name, type, isComplete: isComplete)
                    .compactMap { IPAddress(octets: $0.data.span) }
            }
            if !found.isEmpty { return found }
        } catch {
            throw BenchError(.traffic, "look up \(text)", "\(error)")
        }
        throw BenchError(
            .traffic, "look up \(text)",
            "there is no such name; weft dig \(text) --search says more")
    }

    private func records(
        _ name: DomainName, _ type: RecordType, isComplete: Bool
    ) throws(DNSError) -> [DNS.Record] {
        if let answer = hosts.answer(name.lowercased, type) { return answer.records }
        var request = DigRequest(name)
        request.isComplete = isComplete
        request.searches = true
        let exchange = try DigExchange(request, configuration)
        var report = DigReport()
        try report.run(request.names(configuration)) { name throws(DNSError) in
            DigResult(name, [try exchange.ask(Message.Question(name, type))])
        }
        let answers = report.last?.replies.flatMap(\.message.answers) ?? []
        return answers.filter { $0.type == type }
    }
}
