import Testing

@testable import DNS

@Suite struct FileZoneTests {
    private static let text = """
        $TTL 600
        @ SOA ns hostmaster 42 7200 1800 604800 60
        @ NS ns
        @ NS ns.elsewhere.net.
        @ MX 10 mail
        ns A 10.0.0.1
        mail A 10.0.0.2
        mail AAAA fd00::2
        _sip._udp SRV 0 0 5060 mail
        www CNAME web
        web A 10.0.0.3
        web 30 A 10.0.0.4
        away CNAME a.elsewhere.net.
        lost CNAME nosuch
        loop CNAME loop2
        loop2 CNAME loop
        a.b.c A 10.0.0.5
        *.wild TXT any
        host.wild A 10.0.0.6
        *.alias CNAME web
        child NS ns.child
        child NS ns
        child DS 1 1 1 aa
        ns.child A 10.0.0.7
        below.child A 10.0.0.8
        old DNAME new
        x.new A 10.0.0.9
        $ORIGIN elsewhere.net.
        b A 10.9.9.9
        """

    private static func zone(_ text: String = Self.text) throws -> FileZone {
        let origin = try DomainName("example.org")
        let file = try MasterFile(parsing: Array(text.utf8), file: "f", origin: origin)
        return try FileZone(file.records, origin: origin)
    }

    private func ask(_ name: String, _ type: RecordType) throws -> FileZoneAnswer {
        let name = try DomainName(name == "@" ? "example.org" : name + ".example.org")
        return try Self.zone().answer(Message.Question(name, type))
    }

    private func words(_ records: [Record]) -> [String] {
        records.map { record in
            let owner = "\(record.name)".replacingEnd(".example.org.")
            let data = RecordData.text(record.type, record.data)
            return "\(owner) \(record.ttl) \(record.type) \(data.replacingEnd(".example.org."))"
        }.sorted()
    }

    @Test(
        arguments: [
            ("web", RecordType.a, ["web 30 A 10.0.0.3", "web 30 A 10.0.0.4"]),
            ("WEB", .a, ["WEB 30 A 10.0.0.3", "WEB 30 A 10.0.0.4"]),
            ("www", .a, ["web 30 A 10.0.0.3", "web 30 A 10.0.0.4", "www 600 CNAME web"]),
            ("www", .cname, ["www 600 CNAME web"]), ("www", .any, ["www 600 CNAME web"]),
            ("z.wild", .txt, [#"z.wild 600 TXT "any""#]),
            ("y.z.wild", .txt, [#"y.z.wild 600 TXT "any""#]),
            ("q.alias", .a, ["q.alias 600 CNAME web", "web 30 A 10.0.0.3", "web 30 A 10.0.0.4"]),
            ("child", .ds, ["child 600 DS 1 1 1 aa"]),
            ("web", .any, ["web 30 A 10.0.0.3", "web 30 A 10.0.0.4"]),
            (
                "x.old", .a,
                ["old 600 DNAME new", "x.new 600 A 10.0.0.9", "x.old 600 CNAME x.new"]
            ),
            ("loop", .a, ["loop 600 CNAME loop2", "loop2 600 CNAME loop"]),
        ] as [(String, RecordType, [String])])
    func `names that exist are answered`(
        name: String, type: RecordType, expected: [String]
    ) throws {
        let answer = try ask(name, type)
        #expect(words(answer.answers) == expected)
        #expect(answer.code == .noError && answer.isAuthoritative && answer.authorities.isEmpty)
    }

    @Test(arguments: [
        ("nosuch", RecordType.a, ResponseCode.nameError), ("web", .aaaa, .noError),
        ("c", .a, .noError), ("b.c", .a, .noError), ("z.c", .a, .nameError),
        ("wild", .txt, .noError), ("host.wild", .txt, .noError), ("x.host.wild", .txt, .nameError),
        ("z.wild", .a, .noError), ("@", .txt, .noError), ("web.www", .a, .nameError),
        ("old", .a, .noError), ("y.old", .a, .nameError), ("lost", .a, .nameError),
        ("_udp", .srv, .noError),
    ])
    func `what does not exist is denied with the zone's SOA`(
        name: String, type: RecordType, code: ResponseCode
    ) throws {
        let answer = try ask(name, type)
        #expect(answer.code == code && answer.isAuthoritative)
        // The minimum, which is less than the TTL of the record.
        #expect(words(answer.authorities).map { $0.prefix(20) } == ["example.org. 60 SOA "])
        #expect(answer.answers.allSatisfy { [.cname, .dname].contains($0.type) })
    }

    @Test(arguments: ["child", "below.child", "ns.child", "nosuch.child"])
    func `what is delegated is referred to its servers`(name: String) throws {
        let answer = try ask(name, .a)
        #expect(answer.code == .noError && !answer.isAuthoritative && answer.answers.isEmpty)
        #expect(words(answer.authorities) == ["child 600 NS ns", "child 600 NS ns.child"])
        #expect(words(answer.additionals) == ["ns 600 A 10.0.0.1", "ns.child 600 A 10.0.0.7"])
    }

    @Test(
        arguments: [
            ("@", RecordType.mx, ["mail 600 A 10.0.0.2", "mail 600 AAAA fd00::2"]),
            ("@", .ns, ["ns 600 A 10.0.0.1"]),
            ("_sip._udp", .srv, ["mail 600 A 10.0.0.2", "mail 600 AAAA fd00::2"]), ("web", .a, []),
        ] as [(String, RecordType, [String])])
    func `hosts that records lead to come with their addresses`(
        name: String, type: RecordType, expected: [String]
    ) throws {
        #expect(words(try ask(name, type).additionals) == expected)
    }

    @Test func `an alias that leads out of the zone says where to`() throws {
        let answer = try ask("away", .a)
        #expect(answer.continuation == (try DomainName("a.elsewhere.net")))
        #expect(answer.answers.count == 1 && answer.authorities.isEmpty)
    }

    @Test func `names outside are refused, and records outside are left out`() throws {
        let zone = try Self.zone()
        let name = try DomainName("b.elsewhere.net")
        #expect(zone.answer(Message.Question(name, .a)).code == .refused)
        #expect(zone.outside == [name] && zone.serial == 42)
    }

    @Test func `a name that a DNAME makes too long is no name`() throws {
        let label = String(repeating: "a", count: 60)
        let target = "\(label).\(label).\(label)"
        let zone = try Self.zone("$TTL 1\n@ SOA . . 1 1 1 1 1\nold DNAME \(target)")
        let name = try DomainName("\(label).old.example.org")
        let answer = zone.answer(Message.Question(name, .a))
        #expect(answer.code == .nameTooLong && answer.answers.map(\.type) == [.dname])
    }

    @Test(arguments: [
        ("@ 1 A 1.2.3.4", "no SOA"),
        ("@ 1 SOA . . 1 1 1 1 1\n@ 1 SOA . . 2 1 1 1 1", "more than one SOA"),
        ("@ 1 SOA . . 1 1 1 1 1\na 1 SOA . . 1 1 1 1 1", "only example.org."),
        ("@ 1 SOA . . 1 1 1 1 1\na 1 CNAME b\na 1 A 1.2.3.4", "beside it"),
        ("@ 1 SOA . . 1 1 1 1 1\na 1 CNAME b\na 1 CNAME c", "more than one CNAME"),
    ])
    func `a zone that cannot be served is refused`(text: String, reason: String) throws {
        let error = #expect(throws: DNSError.self) { try Self.zone(text) }
        #expect(error?.cause.contains(reason) == true)
    }
}

extension String {
    fileprivate func replacingEnd(_ end: String) -> String {
        hasSuffix(end) ? String(dropLast(end.count)) : self
    }
}
