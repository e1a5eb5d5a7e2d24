import Testing

@testable import DNS

@Suite struct `The syntax of a Corefile` {
    private func keys(_ text: String) throws -> [String] {
        try corefile(text).servers.flatMap(\.keys).map(\.description)
    }

    @Test(
        arguments: [
            (".", ["dns://.:53"]), (":1053", ["dns://.:1053"]),
            ("Example.ORG", ["dns://example.org.:53"]),
            ("dns://example.org.:5353", ["dns://example.org.:5353"]),
            ("a.org b.org", ["dns://a.org.:53", "dns://b.org.:53"]),
            ("a.org, b.org:54,c.org", ["dns://a.org.:53", "dns://b.org.:54", "dns://c.org.:53"]),
            ("a.org,\nb.org", ["dns://a.org.:53", "dns://b.org.:53"]),
            ("10.0.0.0/15", ["dns://0.10.in-addr.arpa.:53", "dns://1.10.in-addr.arpa.:53"]),
            ("10.1.2.0/24:54", ["dns://2.1.10.in-addr.arpa.:54"]),
            ("2001:db8::/32", ["dns://8.b.d.0.1.0.0.2.ip6.arpa.:53"]),
            (
                "2001:db8::/31:54",
                ["dns://8.b.d.0.1.0.0.2.ip6.arpa.:54", "dns://9.b.d.0.1.0.0.2.ip6.arpa.:54"]
            ),
            ("0.0.0.0/0", ["dns://in-addr.arpa.:53"]), ("::/0", ["dns://ip6.arpa.:53"]),
            ("0/25.2.0.192.in-addr.arpa", ["dns://0/25.2.0.192.in-addr.arpa.:53"]),
            ("\"quoted.org\"", ["dns://quoted.org.:53"]),
        ] as [(String, [String])])
    func `names a block's zones (D104)`(key: String, expected: [String]) throws {
        #expect(try keys("\(key) {\n errors\n}\n") == expected)
        // The brace on a line of its own, and no braces around the only block.
        #expect(try keys("\(key)\n{\n errors\n}\n") == expected)
        #expect(try keys("\(key)\nerrors\nlog\n") == expected)
        #expect(try keys(key) == expected)
    }

    @Test func `a scheme has its port`() throws {
        let text = "tls://example.org {\n tls c k\n}\n"
        #expect(try keys(text) == ["tls://example.org.:853"])
    }

    @Test func `blocks follow each other`() throws {
        let file = try corefile("a {\n log\n}\n# b\nb { errors }\nc {\n}\n")
        #expect(file.servers.map(\.zones) == [try names("a"), try names("b"), try names("c")])
        #expect(file.servers.map(\.place.line) == [1, 5, 6])
        #expect(file.servers[1].errors != nil && file.servers[1].log.isEmpty)
    }

    @Test func `comments, carriage returns and a mark in front count for nothing`() throws {
        let text = "\u{feff}# all\r\n. {#x\r\n  log # {\r\n chaos a#b\r\n}\r\n"
        let server = try corefile(text).servers[0]
        #expect(server.log.count == 1 && server.chaos?.version == "a")
    }

    @Test func `quotes keep words together, and a backslash is one but before a quote`() throws {
        let server = try block(#"chaos "a \"b\" {" "c\d # \\ }" "#)
        #expect(server.chaos?.version == #"a "b" {"#)
        #expect(server.chaos?.authors == [#"c\d # \\ }"#])
        let lines = try block("chaos \"a\nb\" c\nlog")
        #expect(lines.chaos?.version == "a\nb" && lines.chaos?.authors == ["c"])
        #expect(lines.log.count == 1)
    }

    @Test func `variables of the environment are put in`() throws {
        let files = TextFiles(variables: ["ZONE": "example.org", "P_1": "54", "B": "{"])
        let text = "{$ZONE}:{%P_1%} {\n chaos {$B} x{$B}y{$} {$ZONE\n}\n"
        let server = try corefile(text, files).servers[0]
        #expect(server.keys.map(\.description) == ["dns://example.org.:54"])
        // What a variable holds is text, whatever it looks like.
        #expect(server.chaos?.version == "{")
        #expect(server.chaos?.authors == ["x{y{$}", "{$ZONE"])
        #expect(
            problem(". {\n chaos {$NO}\n}\n")
                == "Corefile:2: the variable NO is not set: set it in the environment, or write its value"
        )
    }

    @Test(arguments: [
        ("", "Corefile:1: there is no server block: write .:53 { … }"),
        ("# only\n", "Corefile:1: there is no server block: write .:53 { … }"),
        (
            "{\n log\n}",
            "Corefile:1: a block without a name: name the zone it is for, such as .:53 {"
        ),
        ("a,", "Corefile:1: a block without a name: name the zone it is for, such as .:53 {"),
        (". {\n log\n", "Corefile:1: the block is never closed: end it with a line of }"),
        (". {\n log\n}\n}\n", "Corefile:4: a } without a {: remove it, or open a block first"),
        (".\nlog\n}\n", "Corefile:3: a } without a {: remove it, or open a block first"),
        (".:53{\n log\n}", #"Corefile:1: ".:53{" ends in a brace: put a space before the brace"#),
        (
            ". {\n {\n log\n }\n}",
            "Corefile:3: a block within a block: write a directive or an option in front of its {"
        ),
        (
            ". {\n cache {\n  keepttl\n",
            "Corefile:2: cache: the block is never closed: end it with a line of }"
        ),
        (
            ". {\n chaos \"a\n",
            "Corefile:2: a quote is never closed: end the text with another quote"
        ),
        (
            "a:0 {\n}",
            #"Corefile:1: "a:0" names no zone: behind the colon is a port: write a number of 1 to 65535"#
        ),
        (
            "a: {\n}",
            #"Corefile:1: "a:" names no zone: behind the colon is a port: write a number of 1 to 65535"#
        ),
        (
            "a..b {\n}",
            #"Corefile:1: "a..b" names no zone: a name has no empty label: write a domain such as example.org"#
        ),
        (
            "10.0.0.0/33 {\n}",
            #"Corefile:1: "10.0.0.0/33" names no zone: write a network such as 10.0.0.0/8 or fd00::/8"#
        ),
        (
            "https://. {\n}",
            #"Corefile:1: "https://." names no zone: of the schemes only dns:// and tls:// are served: use one of them"#
        ),
        (
            "tls://. {\n}",
            "Corefile:1: tls://.:853 has no certificate: add a directive tls CERT KEY to the block"
        ),
        (
            ". {\n tls c k\n}",
            "Corefile:2: tls: no key of the block is served over TLS: write tls://ZONE"
        ),
    ])
    func `what is wrong has a line and advice`(text: String, expected: String) {
        #expect(problem(text) == expected)
    }

    @Test func `bytes that are no text are refused, and so is a file beyond the limit`() {
        let bytes = Array(". {\n chaos ".utf8) + [0xff, 0x0a, 0x7d]
        #expect(
            throws: CorefileError(
                CorefilePlace(file: "f", line: 2), "is no UTF-8 text", "save the file as UTF-8"
            )
        ) { try Corefile.parse(bytes, file: "f", from: TextFiles().source) }
        let long = [UInt8](repeating: 0x20, count: CorefileLexer.longestFile + 1)
        #expect(throws: CorefileError.self) {
            try Corefile.parse(long, file: "f", from: TextFiles().source)
        }
    }

    @Test func `blocks that are nested without end are refused (X18)`() {
        let text = ". {\n" + String(repeating: "cache {\n", count: 100_000)
        #expect(problem(text)?.contains("a block within a block") == true)
    }

    @Test func `a long file takes no longer than its length (X18)`() throws {
        let lines = String(repeating: " 10.0.0.1 a b c\n", count: 20_000)
        let server = try block("hosts {\n\(lines)}")
        #expect(server.hosts?.entries.count == 20_000)
    }

    @Test func `a block is for zone, port and addresses of its own`() throws {
        #expect(
            problem("a {\n}\nb:53 A.:53 {\n}\n")
                == "Corefile:3: dns://a.:53 is served by the block at line 1 already: keep one of "
                + "them, or bind them to different addresses")
        #expect(problem("a a {\n}\n") != nil)
        #expect(problem("a {\n}\na:54 {\n}\n") == nil)
        for (one, two, isFine) in [
            ("10.0.0.1", "10.0.0.2", true), ("10.0.0.1", "10.0.0.1", false), ("lo", "lo", false),
            ("0.0.0.0", "10.0.0.1", false), ("0.0.0.0", "fd00::1", true), ("::", "10.0.0.1", false),
            ("10.0.0.1 eth0", "10.0.0.3 eth1", true),
        ] {
            let text = "a {\n bind \(one)\n}\na {\n bind \(two)\n}\n"
            #expect((problem(text) == nil) == isFine, "\(one) and \(two)")
        }
    }
}
