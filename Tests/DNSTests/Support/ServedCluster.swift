import FuzzSupport
import Network
import Platform
import Testing

@testable import DNS

/// The line of a Corefile that most tests are about.
let kubernetes = "kubernetes cluster.local in-addr.arpa ip6.arpa"

/// A cluster with a service of every kind, served as the lines of a block say.
func served(
    _ lines: String = "\(kubernetes) {\npods insecure\n}", isFilled: Bool = true,
    isSynced: Bool = true
) throws -> NamedCluster {
    var plan = try ServerPlan(corefile(".:53 {\n\(lines)\n}\n"), .test)
    try plan.readFiles(.test)
    let settings = try #require(plan.blocks[0].cluster)
    let cluster = try NamedCluster(settings, isSynced: isSynced)
    let builder = CatalogBuilder(
        plan, [(settings, cluster.index.index)], [], .test, .test, LoopWatch(), AnswerBook(), nil,
        store: cluster.store)
    cluster.answerer.use(try #require(try builder.catalogs().values.first))
    if isFilled { cluster.fill() } else { cluster.publish() }
    return cluster
}

extension Surroundings {
    /// A machine with one address of either family, and one that nobody else can reach.
    static var test: Surroundings {
        let addresses = ["10.244.7.7", "fd00:244::7", "fe80::7", "127.0.0.1"]
        return Surroundings(
            addresses: { _ in addresses.compactMap { IPAddress($0) } }, families: [.v4],
            hostname: "node-7", version: "1.2.3")
    }
}

extension CookieSecret {
    static var test: CookieSecret { CookieSecret(low: 1, high: 2) }
}

/// A reply that has all that every reply must have.
struct Answer {
    let octets: [UInt8]
    let message: Message

    init(_ query: [UInt8], _ octets: [UInt8], limit: Int) throws {
        self.octets = octets
        let check = ReplyCheck(query, octets, limit: limit)
        #expect(check.problems.isEmpty)
        message = try Message(decoding: octets)
    }

    /// The code, or that there is no data, and the records of the answer.
    var summary: String {
        let code = message.responseCode
        if message.answers.isEmpty { return code == .noError ? "NODATA" : code.description }
        return (code == .noError ? "" : "\(code): ") + texts.joined(separator: ", ")
    }

    /// The answer's records, in their order.
    var texts: [String] { message.answers.map(\.summary) }

    var additionals: [String] { message.additionals.map { "\($0.name) \($0.summary)" } }

    /// The answer's records, in an order of their own.
    var sorted: String { texts.sorted().joined(separator: ", ") }
}

extension [UInt8] {
    func number16(at offset: Int) -> UInt16 { span.bigEndian16(at: offset) }

    func number32(at offset: Int) -> UInt32 { span.bigEndian32(at: offset) }

    /// A name in data, and where it ends.
    func name(at offset: Int) throws -> (DomainName, Int) {
        guard let (name, end) = span.name(at: offset) else {
            throw DNSError(.badMessage, "read data", "there is no name at \(offset)")
        }
        return (name, end)
    }
}

extension Record {
    /// Type and data.
    var summary: String {
        let name = (data.span.name(at: max(type == .srv ? 6 : 0, 0))?.name.description) ?? ""
        switch type {
        case .a, .aaaa: return "\(type) \(IPAddress(octets: data.span).map { "\($0)" } ?? "")"
        case .cname, .ptr, .ns: return "\(type) \(name)"
        case .srv:
            let numbers = [0, 2, 4].map { "\(data.number16(at: $0))" }
            return "SRV \(numbers.joined(separator: " ")) \(name)"
        case .txt, .hinfo: return "\(type) \(String(decoding: data.dropFirst(), as: UTF8.self))"
        default: return "\(type)"
        }
    }
}

extension NamedCluster {
    /// Asks by TCP, where everything fits.
    func ask(
        _ name: String, _ type: RecordType = .a, _ recordClass: RecordClass = .internet,
        transport: Client.Transport = .tcp, _ change: (inout Message) -> Void = { _ in }
    ) throws -> Answer {
        var message = Message.query(try DomainName(name), type, recordClass, id: 0x1234)
        change(&message)
        let reply = try #require(try ask(message.encoded(), transport), "\(name) \(type)")
        return reply
    }

    func ask(_ query: [UInt8], _ transport: Client.Transport = .udp) throws -> Answer? {
        var client = Client.sample
        client.transport = transport
        guard let reply = answer(query, client) else { return nil }
        let asked = (try? Message(decoding: query))?.edns.map { max(Int($0.payloadSize), 512) }
        let limit = transport == .udp ? min(asked ?? 512, 1232) : longestMessage
        return try Answer(query, reply, limit: limit)
    }

    /// The answer in short, for tables.
    func says(_ name: String, _ type: RecordType = .a) throws -> String {
        try ask(name, type).summary
    }
}
