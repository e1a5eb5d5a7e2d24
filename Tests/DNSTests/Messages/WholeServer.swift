import FuzzSupport
import Kubernetes
import Network

@testable import DNS

/// Runs a server of a cluster with a service of every kind, and one of a hundred endpoints, which
/// forwards all other names.
func withWholeServer(_ body: (Port) throws -> Void) throws {
    let cluster = try NamedCluster()
    cluster.fill()
    cluster.service("apps/many")
    cluster.slice("apps/many-1", of: "many", (1...100).map { "10.1.1.\($0)" })
    cluster.publish()
    let outside = try FakeUpstream { _ in [.reply { $0.answerFromOutside() }] }
    let corporate = try FakeUpstream { _ in
        [
            .reply {
                $0.answers = [Record($0.questions[0].name, .a, ttl: 60, data: [192, 0, 2, 99])]
            }
        ]
    }
    let text = """
        .:PORT {
            kubernetes cluster.local in-addr.arpa ip6.arpa {
                pods insecure
                fallthrough in-addr.arpa ip6.arpa
                ttl 30
            }
            forward . \(outside.address)
            cache 30
            chaos
            nsid node seven
        }
        corp.test:PORT {
            forward . \(corporate.address)
        }
        closed.test:PORT {
            errors
        }
        """
    try withServer(text, store: cluster.objects.store) { server throws in
        // The objects are taken up by a thread of the server's own.
        _ = try eventually {
            try server.askFirst("many.apps.svc.cluster.local")?.answers.count != 0
        }
        try body(server.port)
    }
}

extension DNS.Message {
    /// What servers elsewhere know.
    fileprivate mutating func answerFromOutside() {
        let (name, type) = (questions[0].name, questions[0].type)
        switch (name.description.prefix { $0 != "." }, type.rawValue) {
        case ("www", RecordType.a.rawValue):
            answers = [Record(name, .a, ttl: 60, data: [192, 0, 2, 80])]
        case ("opaque", 65400):
            answers = [Record(name, type, ttl: 60, data: [1, 2, 3, 4])]
        default:
            answers = []
            responseCode = .nameError
            let numbers = [UInt8](repeating: 0, count: 19) + [30]
            let zone = DomainName(words: "test")
            authorities = [
                Record(zone, .soa, ttl: 900, data: zone.wire + zone.wire + numbers)
            ]
        }
    }
}
