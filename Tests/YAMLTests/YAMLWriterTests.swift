import Testing
import YAML

@Suite struct `YAML writing` {
    @Test func `documents look as kubectl prints them`() {
        var writer = YAMLWriter()
        writer.beginMapping()
        writer.key("metadata")
        writer.beginMapping()
        writer.key("name")
        writer.string("web")
        writer.key("labels")
        writer.beginMapping()
        writer.end()
        writer.end()
        writer.key("ports")
        writePorts(to: &writer)
        writer.key("none")
        writer.beginSequence()
        writer.end()
        writer.key("nested")
        writeNested(to: &writer)
        writer.end()
        #expect(
            writer.text == """
                metadata:
                  name: web
                  labels: {}
                ports:
                - name: null
                  port: 80
                - name: null
                  port: 443
                none: []
                nested:
                - - 1.5
                  - true
                - []

                """)
    }

    private func writePorts(to writer: inout YAMLWriter) {
        writer.beginSequence()
        for port in [80, 443] as [Int64] {
            writer.beginMapping()
            writer.key("name")
            writer.null()
            writer.key("port")
            writer.integer(port)
            writer.end()
        }
        writer.end()
    }

    private func writeNested(to writer: inout YAMLWriter) {
        writer.beginSequence()
        writer.beginSequence()
        writer.number("1.5")
        writer.bool(true)
        writer.end()
        writer.beginSequence()
        writer.end()
        writer.end()
    }

    @Test(
        arguments: [
            ("web-1", "web-1"), ("10.0.0.1", "10.0.0.1"), ("fd00::1", "fd00::1"), ("80", "\"80\""),
            ("yes", "\"yes\""), ("", "\"\""), ("a: b", "\"a: b\""), ("a:", "\"a:\""),
            ("a b", "a b"), (" a", "\" a\""), ("- a", "\"- a\""), ("1:30", "\"1:30\""),
            ("2001-01-01", "\"2001-01-01\""), ("é", "\"é\""), ("a\u{85}b", "\"a\\u0085b\""),
            ("a\\\"\u{01}", "\"a\\\\\\\"\\u0001\""), ("#a", "\"#a\""), ("...", "\"...\""),
            ("a #b", "\"a #b\""),
            ("a\nb", "|-\n  a\n  b"), ("a\n\n b\n", "|\n  a\n\n   b"), ("a\n\n", "\"a\\n\\n\""),
            ("\na", "\"\\na\""), (" a\nb", "\" a\\nb\""), ("---\nb", "|-\n  ---\n  b"),
        ])
    func `text is quoted where it must be`(text: String, written: String) {
        var writer = YAMLWriter()
        writer.string(text)
        #expect(writer.text == written + "\n")
    }

    private static let texts: [String] = {
        let parts = [
            "a", "1", "-", ":", " ", "\n", "#", "'", "\"", "\\", "\t", "é", "\u{2028}", "y", "0",
            ".",
            "\u{1F600}", "~", "{", "]", ",", "&", "*", "!", "|", ">", "%", "@", "`", "=", "\r",
        ]
        return parts + parts.flatMap { one in parts.map { one + $0 } }
            + parts.flatMap { one in parts.map { "\(one)\n\($0)" } } + parts.map { "a\($0)b\($0)c" }
    }()

    @Test(arguments: [1000, 1001, 5000])
    func `keys of any length are read back`(length: Int) throws {
        let key = String(repeating: "é", count: length)
        var writer = YAMLWriter()
        writer.beginSequence()
        writer.beginMapping()
        for name in ["a", key, "\(key)2"] {
            writer.key(name)
            writer.beginSequence()
            writer.integer(1)
            writer.end()
        }
        writer.end()
        writer.end()
        #expect(try root(writer.text).rendered == "[{a:[1] \(key):[1] \(key)2:[1]}]")
    }

    @Test func `every text is read back, as a key and as a value at every place`() throws {
        for text in Self.texts {
            var writer = YAMLWriter()
            writer.beginMapping()
            writer.key(text)
            writer.beginSequence()
            writer.string(text)
            writer.beginMapping()
            writer.key("k")
            writer.string(text)
            writer.key("l")
            writer.bool(false)
            writer.end()
            writer.end()
            writer.key("end")
            writer.string(text)
            writer.end()
            let node = try root(writer.text)
            let expected = "{\(text):['\(text)' {k:'\(text)' l:false}] end:'\(text)'}"
            #expect(node.rendered == expected, "\(writer.text)")
        }
    }
}
