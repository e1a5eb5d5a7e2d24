import Testing

@testable import DNS

@Suite struct `Rewriting` {
    private func rule(_ text: String) throws -> RewriteRule {
        try #require(try block("rewrite \(text)").rewrites.first)
    }

    private func match(_ rule: RewriteRule) throws -> NameMatch {
        switch rule.change {
        case .name(let match, _), .ttl(let match, _), .responseCode(let match, _, _): match
        default: throw DNSError(.configuration, "test", "no match")
        }
    }

    @Test(
        arguments: [
            ("name a.org b.org", "A.org", "b.org."), ("name a.org b.org", "x.a.org", nil),
            ("name exact a.org b.org", "a.org", "b.org."),
            ("name prefix web- app-", "WEB-1.a.org", "app-1.a.org."),
            ("name prefix web- app-", "xweb-1.a.org", nil),
            ("name suffix .a.org .b.org.", "x.a.org", "x.b.org."),
            ("name suffix .a.org .b.org", "a.org", nil),
            ("name suffix a.org b.org", "xa.org", "xb.org."),
            ("name substring -a- -bb-", "x-a-.y-a-.org", "x-bb-.y-bb-.org."),
            ("name substring zz y", "a.org", nil),
            (
                #"name regex (.*)-(us-west-1)\.example\.org {1}.service.{2}.consul"#,
                "ftp-us-west-1.example.org", "ftp.service.us-west-1.consul."
            ),
            (#"name regex ^a(b)?c\. {0}{1}x"#, "ac.org", "ac.x."),
            ("name regex zz y", "a.org", nil),
        ] as [(String, String, String?)])
    func `names become what the rule says`(
        text: String, name: String, expected: String?
    ) throws {
        let match = try match(try rule(text))
        let result = match.rewritten(try DomainName(name))
        #expect(result.map { String(decoding: $0, as: UTF8.self) } == expected)
        #expect(match.matches(try DomainName(name)) == (expected != nil))
    }

    @Test func `types, classes, TTLs and response codes are changed`() throws {
        #expect(try rule("type ANY HINFO").change == .type(from: .any, to: .hinfo))
        #expect(try rule("class CH IN").change == .recordClass(from: .chaos, to: .internet))
        for (text, range) in [
            ("30", 30...30), ("30-300", 30...300), ("-30", 0...30),
            ("30-", 30...UInt32(Int32.max)),
        ] as [(String, ClosedRange<UInt32>)] {
            guard case .ttl(let match, let found) = try rule("ttl suffix .a.org \(text)").change
            else { throw DNSError(.configuration, "test", text) }
            #expect(try found == range && match.matches(DomainName("x.a.org")))
        }
        guard
            case .responseCode(let match, let from, let to) =
                try rule("continue rcode a.org SERVFAIL 0").change
        else { throw DNSError(.configuration, "test", "rcode") }
        #expect(from == .serverFailure && to == .noError)
        #expect(match.kind == .exact(try DomainName("a.org")))
    }

    @Test func `D99 a rule stops the others unless it continues`() throws {
        #expect(try !rule("name a b").continues)
        #expect(try !rule("stop name a b").continues)
        #expect(try rule("continue name a b").continues)
    }

    @Test func `answers are changed back, also by lines below`() throws {
        func answers(_ text: String) throws -> [RewriteRule.AnswerChange] {
            guard case .name(_, let answers) = try rule(text).change else { return [] }
            return answers
        }
        let (pattern, template) = (try Pattern("(x)"), PatternTemplate("{1}."))
        #expect(try answers("name a b") == [.auto])
        #expect(try answers("name suffix a b").isEmpty)
        #expect(try answers("name suffix a b answer auto") == [.auto])
        #expect(try answers("name suffix a b answer name (x) {1}") == [.name(pattern, template)])
        #expect(
            try answers("name suffix a b answer auto answer value (x) {1}.")
                == [.auto, .value(pattern, template)])
        #expect(
            try answers("stop {\n name regex a b\n answer name (x) {1}\n value (x) {1}\n}")
                == [.name(pattern, template), .value(pattern, template)])
    }

    @Test(arguments: [
        ("", "the rule ends too early"), ("name a", "the rule ends too early"),
        ("name regex ( b", "cannot be \"(\": a ( is never closed"),
        ("name regex (a) {2}", "\"{2}\" names group 2 of 1: put what it is to be in parentheses"),
        ("name suffix a b reply auto", "\"reply\" is too much"),
        ("name suffix a b answer all", "an answer cannot be changed by \"all\""),
        ("name suffix a b answer name (x) {2}", "names group 2 of 1"),
        ("name glob a b", "cannot be \"glob\": write exact, prefix, suffix, substring or regex"),
        ("type A B9", "cannot be \"B9\": write a type of records such as A, AAAA or TYPE65"),
        ("class A IN", "cannot be \"A\": write in, ch, hs, any"),
        ("ttl a.org 5-1", "cannot be \"5-1\": write seconds such as 30, or a range such as 5-30"),
        ("ttl a.org -", "cannot be \"-\""), ("ttl a.org x", "cannot be \"x\""),
        ("rcode a.org NOPE 0", "cannot be \"NOPE\": write a response code"),
        ("type A AAAA x", "\"x\" is too much"),
        (
            "edns0 local set 0xffee x",
            "\"edns0\" is not supported: options of questions are not changed: remove it"
        ),
        (
            "cname exact a b",
            "\"cname\" is not supported: write rewrite name for the name that the CNAME leads to"
        ),
        ("answer auto", "\"answer\" is not supported: write it behind name, or in a line below it"),
        ("opcode a b", "cannot change \"opcode\": use one of name, type, class, ttl, rcode"),
    ])
    func `a rule that means nothing is refused`(text: String, expected: String) {
        let found = problem(".:53 {\nrewrite \(text)\n}\n") ?? "none"
        #expect(found.hasPrefix("Corefile:2: rewrite: ") && found.contains(expected), "\(found)")
    }
}
