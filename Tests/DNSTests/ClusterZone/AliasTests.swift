import FuzzSupport
import Platform
import Testing

@testable import DNS

@Suite struct AliasTests {
    @Test(arguments: [RecordType.a, .aaaa, .srv, .txt, .mx, .https, .cname, .soa])
    func `D11 D21f an alias is answered for every type`(type: RecordType) throws {
        let cluster = try served()
        #expect(try cluster.says("ext.default.svc.cluster.local", type) == "CNAME www.example.com.")
        #expect(
            try cluster.says("dotted.default.svc.cluster.local", type) == "CNAME www.example.com.")
    }

    @Test func `RFC 8482 an alias is all that there is of any type`() throws {
        let cluster = try served()
        for name in ["ext", "inner", "chain"] {
            let answer = try cluster.ask("\(name).default.svc.cluster.local", .any)
            #expect(answer.message.answers.map(\.type) == [.cname])
        }
    }

    static let cases: [(String, RecordType, String)] = [
        ("inner", .a, "CNAME web.default.svc.cluster.local., A 10.96.0.1"),
        (
            "chain", .a,
            "CNAME inner.default.svc.cluster.local., CNAME web.default.svc.cluster.local., A 10.96.0.1"
        ),
        ("inner", .aaaa, "CNAME web.default.svc.cluster.local."),
        ("inner", .cname, "CNAME web.default.svc.cluster.local."),
        ("lost", .a, "NXDOMAIN: CNAME missing.default.svc.cluster.local."),
        ("lost", .txt, "NXDOMAIN: CNAME missing.default.svc.cluster.local."),
    ]

    @Test(arguments: cases)
    func `D21g D21h an alias within the cluster is followed, and keeps its code`(
        name: String, type: RecordType, expected: String
    ) throws {
        let cluster = try served()
        let answer = try cluster.ask("\(name).default.svc.cluster.local", type)
        #expect(answer.summary == expected)
        let last = answer.message.answers.last
        let isNegative = last?.type == .cname && type != .cname
        let zones = answer.message.authorities.map(\.name.description)
        #expect(zones == (isNegative ? ["cluster.local."] : []))
    }

    @Test func `an alias of a headless service leads to its endpoints`() throws {
        let cluster = try served()
        let answer = try cluster.ask("headless.default.svc.cluster.local", .a)
        #expect(answer.message.answers.map(\.type) == [.cname, .a, .a])
        #expect(answer.message.answers[1].name.description == "db.apps.svc.cluster.local.")
        let targets = try cluster.ask("headless.default.svc.cluster.local", .srv)
        #expect(targets.message.answers.map(\.type) == [.cname, .srv, .srv])
    }

    @Test(arguments: ["own", "ring1", "ring2"])
    func `X11 aliases in a circle are a failure at once`(name: String) throws {
        let cluster = try served()
        #expect(try cluster.says("\(name).default.svc.cluster.local") == "SERVFAIL")
    }

    @Test(arguments: [
        "literal", "literal6", "spaced", "two", "empty", "dot", "long", "label",
    ])
    func `D32 X19 what is no name is no alias`(name: String) throws {
        let cluster = try served()
        #expect(try cluster.says("\(name).default.svc.cluster.local") == "NXDOMAIN")
        #expect(try cluster.says("\(name).default.svc.cluster.local", .cname) == "NXDOMAIN")
    }

    @Test func `an alias to the longest name is answered and followed within 512 bytes`() throws {
        let cluster = try served()
        let label = String(repeating: "a", count: 63)
        let start = "\(label).\(label).\(label)."
        let target =
            start + String(repeating: "b", count: 255 - 193 - 15 - 4) + ".svc.cluster.local"
        cluster.alias("default/longest", to: target)
        cluster.publish()
        #expect(try DomainName(target).wire.count == 255)
        let answer = try cluster.ask("longest.default.svc.cluster.local", transport: .udp)
        #expect(answer.message.responseCode == .nameError)
        #expect(answer.message.answers.map(\.type) == [.cname])
    }

    @Test func `D11 an alias that leads out of the cluster is left to upstream servers`() throws {
        let cluster = try served("\(kubernetes)\nforward . 192.0.2.1")
        let query = Message.query(try DomainName("ext.default.svc.cluster.local"), .a, id: 9)
        cluster.answerer.begin(at: .now)
        defer { cluster.answerer.end() }
        var room = [UInt8](repeating: 0, count: 512)
        var span = room.mutableSpan
        let encoded = query.encoded()
        let course = cluster.answerer.answer(encoded.span, from: .sample, into: &span)
        guard case .later(let question) = course else {
            Issue.record("\(course)")
            return
        }
        #expect(question.aliases.map(\.summary) == ["CNAME www.example.com."])
        #expect(question.lookup.description == "www.example.com." && question.type == .a)
    }
}
