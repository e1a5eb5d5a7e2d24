import Testing

@testable import Transport

struct `A head` {
    private func read(_ lines: [String], status: Int = 200) -> HeadReader.Progress {
        var reader = HeadReader()
        var progress = HeadReader.Progress.unfinished
        for line in lines {
            progress = reader.add(Array((line + "\r\n").utf8).span, status: status)
            if progress == .tooLong { return progress }
        }
        return progress
    }

    @Test func `is the fields between the status and an empty line`() {
        let lines = ["HTTP/2 200 ", "a: 1", "B:two words \t", "empty:", "no field", "ä: x", ""]
        let fields = [HTTPField("a", "1"), HTTPField("B", "two words"), HTTPField("empty", "")]
        #expect(read(lines) == .done(fields))
        #expect(read(lines.dropLast()) == .unfinished)
    }

    @Test func `is not what announces it`() {
        var reader = HeadReader()
        for (line, status) in [("HTTP/1.1 100 Continue", 100), ("x: 1", 100), ("", 100)] {
            let progress = reader.add(Array("\(line)\r\n".utf8).span, status: status)
            #expect(progress == .unfinished)
        }
        #expect(reader.add(Array("\r\n".utf8).span, status: 200) == .done([]))
        #expect(reader.add(Array("trailer: 1\r\n".utf8).span, status: 200) == .unfinished)
    }

    @Test func `does not grow without bound`() {
        #expect(read((0...HeadReader.most).map { "x-\($0): 1" } + ["y: 1"]) == .tooLong)
        #expect(read(["x: \(String(repeating: "a", count: HeadReader.longest))"]) == .tooLong)
    }

    @Test func `is looked up by any case of a name`() {
        let head = HTTPHead(status: 200, version: .http2, fields: [HTTPField("Retry-After", "1")])
        #expect(head["retry-AFTER"] == "1" && head["retry"] == nil)
    }
}
