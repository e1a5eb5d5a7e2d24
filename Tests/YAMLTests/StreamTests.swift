import Testing
import YAML

@Suite struct `YAML streams` {
    @Test func `collections keep their order`() throws {
        let node = try root("b: [1, {c: d}]\na:\n- x\n- - z\n")
        #expect(node.rendered == "{b:[1 {c:'d'}] a:['x' ['z']]}")
        #expect(node["a"]?.elements.count == 2)
        #expect(node["missing"] == nil && node["b"]?["c"] == nil)
    }

    @Test func `places are counted as editors do`() throws {
        let node = try root("# é\nname: é\nports: [1, \"é\", 3]\n  \n")
        #expect(node["name"]?.place == YAMLPlace(line: 2, column: 7))
        #expect(node["ports"]?.elements.map(\.place.column) == [9, 12, 17])
        #expect(node["ports"]?.elements.map(\.isQuoted) == [false, true, false])
        #expect(node.pairs.map(\.key.place.line) == [2, 3])
    }

    @Test(
        arguments: [
            ("", []), ("# nothing", []), ("---\n---\na: 1", ["null", "{a:1}"]),
            ("a: 1\n...\n---\nb: 2\n", ["{a:1}", "{b:2}"]), ("--- a\n--- b", ["'a'", "'b'"]),
            ("\u{FEFF}a: 1", ["{a:1}"]),
        ] as [(String, [String])])
    func `a text holds any number of documents`(text: String, documents: [String]) {
        #expect(read(text) == documents)
        #expect(YAMLStream(text.utf8.span).isComplete)
    }

    @Test func `an empty document is told from null`() throws {
        #expect(try YAMLStream("--- # c\n".utf8.span).documents[0].get().isEmpty)
        #expect(try !YAMLStream("--- ~\n".utf8.span).documents[0].get().isEmpty)
    }

    @Test func `UTF-16 is read`() throws {
        let units = Array("\u{FEFF}a: é".utf16).flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        #expect(try YAMLStream(units.span).documents[0].get().root.rendered == "{a:'é'}")
    }

    @Test func `an error of content leaves the other documents`() {
        #expect(
            read("a: 1\n---\nb: 1\nc: 2\nb: 3\n---\nd: 4") == [
                "{a:1}",
                "! line 5, column 1: the key \"b\" is here again; it is in line 3 already", "{d:4}",
            ])
    }

    @Test func `a key that may repeat keeps its last value, and is told`() throws {
        let text = "a: 1\nb: {c: 1, c: 2, d: 3, c: 4}\na: {e: 5}\n---\na: 1\n"
        let documents = YAMLStream(text.utf8.span, allowingRepeatedKeys: true).documents
        let first = try documents[0].get()
        #expect(first.root.rendered == "{b:{d:3 c:4} a:{e:5}}")
        #expect(
            first.repeatedKeys.map(\.description) == [
                "line 2, column 11: the key \"c\" is here again; it is in line 2 already",
                "line 2, column 23: the key \"c\" is here again; it is in line 2 already",
                "line 3, column 1: the key \"a\" is here again; it is in line 1 already",
            ])
        #expect(try documents[1].get().repeatedKeys.isEmpty)
    }

    @Test func `an error of syntax leaves the documents before it`() {
        let stream = YAMLStream("a: 1\n---\nb: [1\nc: 2\n---\nd: 4".utf8.span)
        #expect(stream.documents.count == 2 && !stream.isComplete)
        #expect((try? stream.documents[0].get()) != nil)
        #expect((try? stream.documents[1].get()) == nil)
    }
}

@Suite struct `YAML mistakes` {
    @Test(
        arguments: [
            ("a: b: c", 1, 5, "no value can stand after this colon"),
            ("a:\n\tb: c", 2, 1, "no value can begin with this character; indent with spaces, not"),
            ("a: [1, 2\nb: 3", 2, 2, "a comma or ] must stand here"),
            ("a: {b: 1", 2, 1, "a comma or } must stand here"),
            ("a: \"x", 1, 6, "the quoted text has no end"),
            ("a: 1\n  b: 2", 2, 4, "no value can stand after this colon"),
            ("a:\n  b: 1\n c: 2", 3, 2, "a key must stand here"),
            ("- a\nb: c", 2, 1, "the next element must begin with -"),
            ("a: 1\nb\nc: 2", 3, 1, "a colon must follow the key"),
            ("a: @b", 1, 4, "no value can begin with this character"),
            ("a: \"\\q\"", 1, 5, "no such escape"),
            ("é: \u{01}", 1, 4, "a control character must be escaped"),
            ("a: *b", 1, 4, "*b stands for nothing: there is no &b before"),
            ("a: &b [*b]", 1, 8, "*b stands for a value that it is itself a part of"),
            ("a: &x {b: 1}\nc:\n  <<: *x", 3, 3, "merge keys (<<) are not supported"),
        ])
    func `the place and a remedy are told`(
        text: String, line: Int, column: Int, problem: String
    ) throws {
        let result = try #require(read(text).first)
        #expect(result.hasPrefix("! line \(line), column \(column): \(problem)"), "\(result)")
    }

    @Test func `bytes that are no text are told with their place`() throws {
        let bytes: [UInt8] = Array("a: é\nbé: ".utf8) + [0xFF]
        #expect(throws: YAMLError(line: 2, column: 5, problem: "the text is not UTF-8")) {
            try YAMLStream(bytes.span).documents[0].get()
        }
    }

    @Test func `what surrounds a mistake is named when it began earlier`() throws {
        let result = try #require(read("a: 1\nb:\n  c: 1\n d: 2").first)
        #expect(result.hasSuffix("(in the block mapping that begins in line 1)"), "\(result)")
    }
}

@Suite struct `YAML limits` {
    private func nested(_ depth: Int) -> String {
        String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }

    @Test func `nesting ends somewhere`() {
        #expect((try? root(nested(YAMLStream.depthLimit))) != nil)
        #expect(read(nested(129)) == ["! line 1, column 129: values are nested more than 128 deep"])
        // As deep as memory goes, without a stack to exhaust.
        #expect(read(String(repeating: "[", count: 5000)).count == 1)
    }

    @Test func `aliases count for the nesting they bring`() {
        #expect((try? root("a: &a \(nested(127))\nb: *a")) != nil)
        let text = "a: &a \(nested(127))\nb: [*a]"
        #expect(read(text) == ["! line 2, column 5: values are nested more than 128 deep"])
    }

    @Test func `aliases to aliases do not stand for billions`() throws {
        var text = "a0: &a0 x\n"
        for level in 1...30 { text += "a\(level): &a\(level) [*a\(level - 1), *a\(level - 1)]\n" }
        let result = try #require(read(text).first)
        #expect(result.contains("the document has more than 2000000 values, aliases counted"))
    }

    @Test func `an alias is the value of its anchor`() throws {
        let node = try root("a: &x [1]\nb: *x\nc: &x 2\nd: *x")
        #expect(node.rendered == "{a:[1] b:[1] c:2 d:2}")
        #expect(node["b"]?.place == YAMLPlace(line: 1, column: 4))
    }
}
