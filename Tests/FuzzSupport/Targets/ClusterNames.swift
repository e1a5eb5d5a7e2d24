import DNS
import Synchronization

extension FuzzTargets {
    /// What clients send to the DNS server.
    static let clusterNames = [
        FuzzTarget("dns.query", corpus: queries) { input in
            let limits = [Client.Transport.udp: 1232, .tcp: longestMessage]
            for (transport, limit) in limits {
                var client = Client.sample
                client.transport = transport
                guard let reply = cluster.withLock({ $0?.answer(input, client) }) else { continue }
                let check = ReplyCheck(input, reply, limit: limit)
                precondition(check.problems.isEmpty, "\(check.problems)")
            }
        },
        FuzzTarget("dns.message", corpus: queries + messages) { input in
            guard let message = try? Message(decoding: input) else { return }
            let encoded = message.encoded()
            precondition(encoded.count <= longestMessage)
            guard let again = try? Message(decoding: encoded) else {
                preconditionFailure("what was written cannot be read")
            }
            if again.flags == message.flags { precondition(again == message, "not the same") }
        },
        FuzzTarget(
            "dns.name", texts: ["www.Example.com.", #"a\.b\032\\.\255"#, ".", "_http._tcp.a"]
        ) { input in
            guard let name = try? DomainName(String(decoding: input, as: UTF8.self)) else { return }
            precondition(name.wire.count <= DomainName.longestName)
            precondition(
                name.labels.allSatisfy { (1...DomainName.longestLabel).contains($0.count) })
            precondition((try? DomainName(name.description))?.wire == name.wire)
            precondition(name.isWithin(name.parent) && name.lowercased == name)
        },
    ]

    static let cluster = Mutex(sample())

    private static func sample() -> sending NamedCluster? {
        let cluster = try? NamedCluster()
        cluster?.fill()
        return cluster
    }

    private static let names = [
        "web.default.svc.cluster.local", "_mysql._tcp.db.apps.svc.cluster.local",
        "db-0.db.apps.svc.cluster.local", "10-1-2-3.apps.pod.cluster.local", "cluster.local",
        "chain.default.svc.cluster.local", "dns-version.cluster.local", "1.0.96.10.in-addr.arpa",
        "ring1.default.svc.cluster.local", "0.0.0.0.0.0.0.0.0.0.0.0.6.9.0.0.0.0.d.f.ip6.arpa",
        "nothing.default.svc.cluster.local", "fd00-16-2--0.peers.apps.svc.cluster.local",
    ]

    static let queries: [[UInt8]] =
        [cookieRequest]
        + names.enumerated().map { number, name in
            let types: [RecordType] = [.a, .srv, .aaaa, .a, .ns, .any, .txt, .ptr]
            var message = Message.query(
                DomainName(words: name), types[number % types.count], id: UInt16(number))
            if number.isMultiple(of: 2) {
                message.edns = EDNS(payloadSize: 4096)
                message.edns?.options = [
                    EDNS.Option(.cookie, Array(1...8)), EDNS.Option(.padding, [0, 0, 0]),
                ]
            }
            return message.encoded()
        }

    private static let cookieRequest: [UInt8] = {
        var message = Message()
        message.edns = EDNS(payloadSize: 4096)
        message.edns?.options = [EDNS.Option(.cookie, Array(1...24))]
        return message.encoded()
    }()

    /// What servers send, with names in data and pointers to them.
    private static let messages: [[UInt8]] = {
        var message = Message.query(DomainName(words: "a.example"), .mx, id: 7)
        let names = ["mail.a.example", "A.example", "b.a.example"].map(DomainName.init(words:))
        message.flags.insert([.response, .recursionAvailable])
        message.answers = [
            Record(names[1], .mx, ttl: 5, data: [0, 10] + names[0].wire),
            Record(names[0], .cname, ttl: 5, data: names[2].wire),
            Record(names[2], .srv, ttl: 5, data: [0, 1, 0, 2, 0, 3] + names[0].wire),
        ]
        message.authorities = [
            Record(
                names[1], .soa, ttl: 5,
                data: names[0].wire + names[2].wire + [UInt8](repeating: 1, count: 20))
        ]
        message.edns = EDNS(payloadSize: 1232)
        return [message.encoded()]
    }()
}
