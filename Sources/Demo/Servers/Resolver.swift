import DNS
import Network
import Platform
import Topology

/// Asks for names as a pod's programs do: by its resolv.conf, over real sockets.
struct Resolver {
    let host: Host
    private var configuration: ResolverConfiguration

    init(_ host: Host, _ file: String) {
        self.host = host
        configuration = ResolverConfiguration(Array(file.utf8))
    }

    /// What a pod of a namespace has as /etc/resolv.conf.
    static func file(_ server: IPAddress, in namespace: String) -> String {
        """
        nameserver \(server)
        search \(namespace).svc.cluster.local svc.cluster.local cluster.local
        options ndots:5 timeout:1 attempts:2

        """
    }
}

extension Resolver {
    /// Asks once, and does not wait long.
    mutating func hurry(_ patience: Duration) {
        configuration.timeout = patience
        configuration.attempts = 1
    }

    /// The records of the first name of the search list that has them.
    func records(_ name: String, _ type: RecordType) throws(DNSError) -> [DNS.Record] {
        var request = DigRequest(try DomainName(name))
        request.isComplete = name.hasSuffix(".")
        request.searches = true
        request.types = [type]
        let exchange = try DigExchange(request, configuration)
        var report = DigReport()
        let names = request.names(configuration)
        try host.run { () throws(DNSError) in
            try report.run(names) { name throws(DNSError) in
                DigResult(name, [try exchange.ask(Message.Question(name, type))])
            }
        }
        guard let message = report.last?.replies.first?.message, message.finding != .failure else {
            let code = report.last?.replies.first.map { "\($0.message.responseCode)" } ?? "no reply"
            throw DNSError(.upstream, "look up \(name)", code)
        }
        return message.answers
    }

    /// The addresses of a name, with what aliases lead to.
    func addresses(_ name: String, _ family: IPFamily) throws(DNSError) -> Set<IPAddress> {
        let type = family == .v4 ? RecordType.a : .aaaa
        let records = try records(name, type).filter { $0.type == type }
        return Set(records.compactMap { IPAddress(octets: $0.data.span) })
    }

    /// The data of a name's records as text.
    func texts(_ name: String, _ type: RecordType) throws(DNSError) -> [String] {
        try records(name, type).filter { $0.type == type }.map {
            RecordData.text($0.type, $0.data)
        }
    }
}
