import Network
import Testing

@Suite struct `Port range` {
    @Test(arguments: [
        ("30000-32767", "30000-32767", 2768), ("30000+2767", "30000-32767", 2768),
        ("8080", "8080", 1), ("8080-8080", "8080", 1), ("8080+0", "8080", 1),
        ("1-65535", "1-65535", 65535), ("0-65535", "0-65535", 65536), ("65535+0", "65535", 1),
    ])
    func `is parsed and printed`(text: String, printed: String, count: Int) throws {
        let range = try #require(PortRange(text))
        #expect(range.description == printed)
        #expect(range.count == count)
    }

    @Test(arguments: [
        ("", NetworkError.Code.notAPort), ("32767-30000", .notAPortRange),
        ("65535+1", .notAPortRange), ("30000+", .notAPort), ("-5", .notAPort),
        ("1-2-3", .notAPortRange), ("1:2", .notAPortRange), ("1 - 2", .notAPortRange),
        ("70000-80000", .notAPort), ("0-10", .notAPort),
    ])
    func `says what is wrong with it`(text: String, code: NetworkError.Code) {
        #expect(throws: NetworkError(code, text)) { try PortRange(validating: text) }
    }

    @Test func `holds what lies between its ends`() throws {
        let range = try #require(PortRange(30000, through: 32767))
        #expect(range.contains(30000) && range.contains(32767))
        #expect(!range.contains(29999) && !range.contains(32768))
        #expect(PortRange(2, through: 1) == nil)
    }

    @Test(arguments: [("1-5", "5-9", true), ("1-5", "6-9", false), ("1-9", "3-4", true)])
    func `meets another`(text: String, other: String, overlaps: Bool) throws {
        let range = try #require(PortRange(text))
        let second = try #require(PortRange(other))
        #expect(range.overlaps(second) == overlaps)
        #expect(second.overlaps(range) == overlaps)
    }
}
