import JSON
import Platform
import Synchronization
import Testing

@testable import Support

@Suite("The log")
struct LogTests {
    private let lines = Lines()

    private final class Lines: Sendable {
        private let all = Mutex([String]())

        var text: [String] { all.withLock(\.self) }

        func add(_ line: String) { all.withLock { $0.append(line) } }
    }

    private func makeLog(from level: LogLevel = .info, _ format: LogFormat = .text) -> Log {
        Log(from: level, format) { [lines] text in lines.add(text) }
    }

    @Test func `a line has a level, a sentence and fields, in quotes where they need them`() {
        let log = makeLog()
        log(.info, "watch ended", ["kind": "Service", "cause": "no \"way\"\nto host", "none": ""])
        let line = #"level=info msg="watch ended" kind=Service cause="no \"way\"\nto host" none="""#
        #expect(lines.text == [line + "\n"])
    }

    @Test func `a line of JSON has the time too`() throws {
        let log = makeLog(from: .info, .json)
        log(.error, "refused", ["code": "403"])
        let line = try #require(lines.text.first)
        let object = try #require(try JSONValue(document: line.utf8.span).object)
        #expect(object.members.map(\.key) == ["time", "level", "msg", "code"])
        #expect(object["level"] == .string("error") && object["code"] == .string("403"))
        #expect(object["time"]?.string?.hasSuffix("Z") == true)
    }

    @Test("what is below the level is left out", arguments: LogLevel.allCases)
    func levels(lowest: LogLevel) {
        let log = makeLog(from: lowest)
        for level in LogLevel.allCases { log(level, "\(level)") }
        #expect(lines.text.count == LogLevel.allCases.count - lowest.rawValue)
        #expect(LogLevel(word: lowest.word) == lowest && LogLevel(word: "loud") == nil)
    }

    @Test func `a line that repeats is written once, and other lines all the same`() {
        let log = makeLog()
        for _ in 0..<100 { log(.warning, "again", ["a": "1"]) }
        log(.warning, "again", ["a": "2"])
        #expect(lines.text.count == 2)
    }
}

@Suite("Lines that repeat")
struct RepeatFilterTests {
    private let line = LogLine(.info, "again")

    private func at(_ seconds: Int64) -> MonotonicTime {
        MonotonicTime(nanoseconds: seconds * 1_000_000_000)
    }

    @Test func `those of an interval are counted, and told with the next`() {
        var filter = RepeatFilter(interval: .seconds(10))
        #expect(filter.admit(line, at: at(0)) == 0)
        #expect(filter.admit(line, at: at(1)) == nil)
        #expect(filter.admit(line, at: at(9)) == nil)
        #expect(filter.admit(line, at: at(10)) == 2)
        #expect(filter.admit(line, at: at(19)) == nil)
        #expect(filter.admit(line, at: at(40)) == 1)
        #expect(LogFormat.text.text(line, time: "", repeats: 2).hasSuffix(" repeated=2\n"))
    }

    @Test func `lines that are all different take no more room for that`() {
        var filter = RepeatFilter(interval: .seconds(10))
        for number in 0..<1000 {
            #expect(filter.admit(LogLine(.info, "\(number)"), at: at(0)) == 0)
        }
        // The first is forgotten by now, so it counts as new.
        #expect(filter.admit(LogLine(.info, "0"), at: at(1)) == 0)
        #expect(filter.admit(LogLine(.info, "999"), at: at(1)) == nil)
    }
}
