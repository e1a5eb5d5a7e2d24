import CAllocations
import FuzzSupport
import Platform
import Testing

@testable import DNS

@Suite struct `Memory of answers` {
    private static let cookie = EDNS.Option(.cookie, Array(1...8))

    /// Without labels that could be addresses and are none: the testing library keeps where the error
    /// was thrown that says so.
    static let questions: [(String, RecordType, Bool)] = [
        ("web.default.svc.cluster.local", .a, false),
        ("web.default.svc.cluster.local", .a, true),
        ("dual.default.svc.cluster.local", .aaaa, false),
        ("_http._tcp.web.default.svc.cluster.local", .srv, false),
        ("1.0.96.10.in-addr.arpa", .ptr, false), ("1.1.16.172.in-addr.arpa", .ptr, false),
        ("1.0.16.172.in-addr.arpa", .ptr, true), ("0.96.10.in-addr.arpa", .ptr, false),
        ("missing.default.svc.cluster.local", .a, false),
        ("www.example.com.default.svc.cluster.local", .a, true),
        ("web.default.svc.cluster.local", .aaaa, false),
        ("web.default.svc.cluster.local", .any, false), ("cluster.local", .soa, false),
        ("cluster.local", .ns, false), ("ns.dns.cluster.local", .a, false),
        ("dns-version.cluster.local", .txt, false),
        ("10-1-2-3.apps.pod.cluster.local", .a, false), ("example.com", .a, false),
        ("many.apps.svc.cluster.local", .a, true), ("many.apps.svc.cluster.local", .srv, true),
        ("172-16-2-1.peers.apps.svc.cluster.local", .a, false),
    ]

    /// Names of other files, and other clients' searches, are nothing that questions pay for.
    static let blocks = [
        "\(kubernetes) {\npods insecure\n}\nloadbalance",
        """
        \(kubernetes) {
            pods verified
        }
        loadbalance
        hosts /etc/hosts example.org {
            192.0.2.1 one.example.org
        }
        autopath @kubernetes
        """,
        """
        \(kubernetes) {
            pods verified
        }
        loadbalance
        hosts {
            192.0.2.1 one.example.org
            fallthrough
        }
        """,
    ]

    @Test(arguments: questions.indices, blocks)
    func `an answer takes none`(number: Int, lines: String) throws {
        if weft_allocations() < 0 { return }
        let cluster = try served(lines)
        cluster.service("apps/many", ports: ["http:80"])
        let endpoints = (1...100).map { "10.1.0.\($0) \($0 % 3 == 0 ? "host-\($0)" : "")" }
        cluster.slice("apps/many-1", of: "many", endpoints, ports: ["http:80"])
        cluster.publish()
        let (name, type, hasOptions) = Self.questions[number]
        var message = Message.query(try DomainName(name), type, id: 1)
        if hasOptions {
            message.edns = EDNS(payloadSize: 1232)
            message.edns?.options = [Self.cookie]
        }
        let taken = Self.count(3_000, message.encoded(), cluster)
        #expect(taken == 0, "\(name) \(type)")
    }

    /// How often memory was taken for so many answers.
    private static func count(
        _ answers: Int, _ query: [UInt8], _ cluster: NamedCluster
    ) -> Int64 {
        var room = [UInt8](repeating: 0, count: 4096)
        var before: Int64 = 0
        cluster.answerer.begin(at: .now)
        defer { cluster.answerer.end() }
        for number in 0...answers {
            if number == 1 { before = weft_allocations() }
            var span = room.mutableSpan
            guard
                case .reply = cluster.answerer.answer(query.span, from: .sample, into: &span)
            else { return -1 }
        }
        return weft_allocations() - before
    }
}
