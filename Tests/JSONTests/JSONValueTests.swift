import Testing

@testable import JSON

@Suite("JSON values are looked up and written")
struct JSONValueTests {
    @Test("the last of several members counts, exactly or whatever the case")
    func lookup() {
        let object: JSONObject = [
            "hostPort": .number("1"), "HostPort": .number("2"), "hostPort": .number("3"),
            "HOSTPORT": .number("4"), "hostPor": .number("5"),
        ]
        #expect(object["hostPort"] == .number("3"))
        #expect(object["HostPort"] == .number("2"))
        #expect(object["hostport"] == nil)
        #expect(object[anyCase: "hostPort"] == .number("4"))
        #expect(object[anyCase: "h@stPort"] == nil)
    }

    @Test("only ASCII letters have a case")
    func caseOfLetters() {
        let object: JSONObject = ["[": .null, "K": .null]
        #expect(object[anyCase: "{"] == nil)
        #expect(object[anyCase: "k"] == .null)
        #expect(object[anyCase: "\u{212A}"] == nil, "the Kelvin sign is not a K here")
    }

    @Test("accessors answer for their own kind only")
    func accessors() {
        #expect(JSONValue.string("x").string == "x")
        #expect(JSONValue.number("1").string == nil)
        #expect(JSONValue.number("-7").integer == -7)
        #expect(JSONValue.number("7.0").integer == nil)
        #expect(JSONValue.number("9223372036854775808").integer == nil)
        #expect(JSONValue.array([.null]).array == [.null])
        #expect(JSONValue.object([:]).array == nil)
        #expect(JSONValue.object(["a": .null]).object == ["a": .null])
        #expect(JSONValue.null.object == nil)
    }

    @Test("written text is compact, escaped and reads back as the same value")
    func text() throws {
        let value = JSONValue.object([
            "quote \" slash \\": .string("line\nbell\u{07}é😀\u{1F}"),
            "list": .array([.bool(true), .bool(false), .null, .number("-1.5e3")]),
            "empty": .object([:]),
        ])
        let text = value.text
        #expect(
            text == #"{"quote \" slash \\":"line\nbell\u0007é😀\u001f","#
                + #""list":[true,false,null,-1.5e3],"empty":{}}"#)
        #expect(try JSONValue(document: text.utf8.span) == value)
    }
}
