import Testing

@testable import Kubernetes

@Suite("Answers are cut into pieces, or refused")
struct ObjectStreamTests {
    /// The pieces as text, and at last "end", "open" or what is wrong.
    private func pieces(
        _ text: [UInt8], _ format: ObjectFormat, _ content: ObjectStream.Content
    ) -> [String] {
        var stream = ObjectStream(format, content)
        var pieces: [String] = []
        stream.receive { $0 += text }
        do throws(ObjectError) {
            while let piece = try stream.next() {
                switch piece {
                case .listMeta(let range): pieces.append("meta " + stream.text(range))
                case .object(let range), .event(let range): pieces.append(stream.text(range))
                }
            }
            return pieces + [stream.isComplete ? "end" : "open"]
        } catch {
            return pieces + ["\(error)"]
        }
    }

    @Test(
        "lists in JSON",
        arguments: [
            (
                #"{"items":[{"a":1},{"b":"]}"}],"metadata":{"x":"y"},"z":[1,[2]],"n":1.5}"#,
                [#"{"a":1}"#, #"{"b":"]}"}"#, #"meta {"x":"y"}"#, "end"]
            ),
            (#"{"kind":"L" , "metadata" : {} , "items" : [ ] }"#, ["meta {}", "end"]),
            (#"{"items":null,"metadata":{"a":"\\\""}}"#, [#"meta {"a":"\\\""}"#, "end"]),
            (#"{"items":[{"a":1}"#, [#"{"a":1}"#, "open"]),
            (#"{"items":[{"a":"#, ["open"]),
            (#"[]"#, ["the answer is no JSON list: { is missing"]),
            (#"{"items":[1]}"#, ["a JSON object must stand here"]),
            (#"{7:1}"#, ["a string must stand here"]),
        ] as [(String, [String])])
    func jsonLists(text: String, expected: [String]) {
        #expect(pieces(Array(text.utf8), .json, .list) == expected)
    }

    @Test(
        "watches in JSON",
        arguments: [
            ("{\"a\":\"\\\\\"}\n{\"b\":{}}\n", [#"{"a":"\\"}"#, #"{"b":{}}"#, "end"]),
            (#"{"a":1}{"b":2}{"c"#, [#"{"a":1}"#, #"{"b":2}"#, "open"]),
            ("\n\n", ["end"]),
            ("<html>", ["a JSON object must stand here"]),
        ] as [(String, [String])])
    func jsonWatches(text: String, expected: [String]) {
        #expect(pieces(Array(text.utf8), .json, .watch) == expected)
    }

    @Test func `the last event of a large read is still there`() {
        let large = #"{"a":""# + String(repeating: "x", count: 100_000) + #""}"#
        #expect(pieces(Array((large + large).utf8), .json, .watch) == [large, large, "end"])
        let length = [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: large.utf8.count >> $0) }
        let frame = length + Array(large.utf8)
        #expect(pieces(frame + frame, .protobuf, .watch) == [large, large, "end"])
    }

    @Test(
        "watches in protobuf",
        arguments: [
            ([0, 0, 0, 1, 0x61, 0, 0, 0, 2, 0x62, 0x63], ["a", "bc", "end"]),
            ([0, 0, 0, 2, 0x61], ["open"]),
            ([0, 0, 0], ["open"]),
            ([], ["end"]),
            ([0xFF, 0xFF, 0xFF, 0xFF], ["an event of 4095 MiB is larger than any can be"]),
        ] as [([UInt8], [String])])
    func protobufWatches(bytes: [UInt8], expected: [String]) {
        #expect(pieces(bytes, .protobuf, .watch) == expected)
    }

    @Test(
        "lists in protobuf",
        arguments: [
            // The list's metadata "m", two objects, an unknown field; then a field of the envelope.
            (
                Envelope.magic + [
                    0x0A, 1, 0x78, 0x12, 12, 0x0A, 1, 0x6D, 0x12, 1, 0x61, 0x12, 1, 0x62,
                    0x1A, 1, 0x7A,
                ] + [0x1A, 0], ["meta m", "a", "b", "end"]
            ),
            (Envelope.magic + [0x12, 3, 0x12, 1, 0x61], ["a", "end"]),
            (
                Envelope.magic + [0x12, 3, 0x12, 2, 0x61],
                ["the protobuf message is cut short"]
            ),
            (Envelope.magic + [0x12, 6, 0x12, 1, 0x61], ["a", "open"]),
            ([0x6B, 0x38, 0x73, 0x01], [Envelope.missing.problem]),
            ([0x6B], ["open"]),
        ] as [([UInt8], [String])])
    func protobufLists(bytes: [UInt8], expected: [String]) {
        #expect(pieces(bytes, .protobuf, .list) == expected)
    }

    @Test func `a long key may come in two chunks`() throws {
        let key = String(repeating: "k", count: 1000)
        let text = Array(#"{"\#(key)":1,"items":[{}]}"#.utf8)
        var stream = ObjectStream(.json, .list)
        stream.receive { $0 += text[..<600] }
        #expect(try stream.next() == nil)
        stream.receive { $0 += text[600...] }
        guard case .object(let range)? = try stream.next() else {
            Issue.record("no object")
            return
        }
        #expect(stream.text(range) == "{}")
    }

    @Test func `a piece without end is refused before it fills the memory`() {
        var stream = ObjectStream(.json, .watch)
        let text = [UInt8](repeating: 0x7B, count: 1 << 20)
        #expect(throws: ObjectError.self) {
            for _ in 0..<40 {
                stream.receive { $0 += text }
                _ = try stream.next()
            }
        }
    }
}

extension ObjectStream {
    fileprivate func text(_ range: Range<Int>) -> String {
        String(decoding: range.map { bytes[$0] }, as: UTF8.self)
    }
}
