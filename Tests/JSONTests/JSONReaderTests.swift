import Testing

@testable import JSON

@Suite("JSON is read as RFC 8259 defines it")
struct JSONReaderTests {
    private func parse(_ text: String) throws(JSONError) -> JSONValue {
        try JSONValue(document: text.utf8.span)
    }

    @Test(
        "every kind of value",
        arguments: [
            ("null", JSONValue.null),
            (" true\n", .bool(true)),
            ("\tfalse\r", .bool(false)),
            ("0", .number("0")),
            ("-0.5e+10", .number("-0.5e+10")),
            ("18446744073709551615", .number("18446744073709551615")),
            ("\"\"", .string("")),
            ("[]", .array([])),
            ("[ ]", .array([])),
            ("{}", .object([:])),
            ("{ }", .object([:])),
            ("[1,[2]]", .array([.number("1"), .array([.number("2")])])),
            ("{\"a\" : {\"b\":null}}", .object(["a": .object(["b": .null])])),
        ])
    func values(text: String, expected: JSONValue) throws {
        #expect(try parse(text) == expected)
    }

    @Test(
        "escapes and plain UTF-8",
        arguments: [
            (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{08}\u{0C}\n\r\t"),
            (#""\u0041\u00e9\u20AC""#, "Aé€"),
            (#""\ud83d\ude00""#, "😀"),
            (#""\u0000""#, "\u{00}"),
            ("\"Zoë 😀\"", "Zoë 😀"),
        ])
    func strings(text: String, expected: String) throws {
        #expect(try parse(text) == .string(expected))
    }

    @Test(
        "what is not JSON is refused, with the place",
        arguments: [
            ("", "line 1, column 1: a value is missing"),
            ("  ", "line 1, column 3: a value is missing"),
            ("{\n \"a\" 1}", "line 2, column 6: a colon must follow the key \"a\""),
            ("{\"a\":1,}", "line 1, column 8: a key in quotes must stand here"),
            ("{a:1}", "line 1, column 2: a key in quotes must stand here"),
            ("[1 2]", "line 1, column 4: a comma or ] must follow the value"),
            ("[1,]", "line 1, column 4: a value or a digit must stand here"),
            ("{\"a\":1", "line 1, column 7: a comma or } must follow the value"),
            ("nul", "line 1, column 4: true, false and null are the only words"),
            ("1 x", "line 1, column 3: nothing may follow the document"),
            ("01", "line 1, column 2: nothing may follow the document"),
            ("+1", "line 1, column 1: a value or a digit must stand here"),
            ("1.", "line 1, column 3: a value or a digit must stand here"),
            ("1e", "line 1, column 3: a value or a digit must stand here"),
            ("\"a", "line 1, column 3: the string has no end"),
            ("\"a\\", "line 1, column 4: the string has no end"),
            ("\"\t\"", "line 1, column 2: a control character must be escaped"),
            (#""\x""#, "line 1, column 3: no such escape"),
            (#""\u12g4""#, "line 1, column 6: four hexadecimal digits must follow \\u"),
            (#""\ud83d""#, "line 1, column 8: half of a surrogate pair is missing"),
            (#""\ud83dx""#, "line 1, column 8: half of a surrogate pair is missing"),
            (#""\ude00""#, "line 1, column 8: half of a surrogate pair is missing"),
            ("\u{FEFF}{}", "line 1, column 1: a value or a digit must stand here"),
        ])
    func refused(text: String, details: String) {
        #expect { try parse(text) } throws: { "\($0)" == details }
    }

    @Test(
        "bytes that are not UTF-8 are refused",
        arguments: [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xE2, 0x82]] as [[UInt8]])
    func notUTF8(bytes: [UInt8]) {
        let quoted = [0x22] + bytes + [0x22]
        #expect(throws: JSONError.self) { try JSONValue(document: quoted.span) }
    }

    @Test("nesting is limited")
    func depth() throws {
        let limit = JSONCursor.depthLimit
        let nested = { String(repeating: "[", count: $0) + String(repeating: "]", count: $0) }
        #expect(throws: Never.self) { try parse(nested(limit)) }
        #expect(throws: JSONError.self) { try parse(nested(limit + 1)) }
        let wide = "[" + Array(repeating: "[{}]", count: 2 * limit).joined(separator: ",") + "]"
        #expect(throws: Never.self) { try parse(wide) }
    }
}
