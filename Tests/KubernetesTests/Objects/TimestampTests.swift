import Testing

@testable import Kubernetes

@Suite("Times of objects")
struct TimestampTests {
    @Test(
        "RFC 3339 in UTC is read and written",
        arguments: [
            ("1970-01-01T00:00:00Z", 0), ("2026-11-21T02:59:22Z", 1_795_229_962),
            ("2000-02-29T23:59:59Z", 951_868_799), ("1969-12-31T23:59:59Z", -1),
            ("2100-03-01T00:00:00Z", 4_107_542_400), ("1600-01-01T00:00:00Z", -11_676_096_000),
        ] as [(String, Int64)])
    func texts(text: String, seconds: Int64) {
        #expect(Timestamp(text)?.seconds == seconds)
        #expect(Timestamp(seconds: seconds).text == text)
    }

    @Test func `fractions are dropped and zones counted`() {
        #expect(Timestamp("1970-01-01T00:00:00.999999Z")?.seconds == 0)
        #expect(Timestamp("1970-01-01T01:30:00+01:30")?.seconds == 0)
        #expect(Timestamp("1969-12-31T23:00:00.5-01:00")?.seconds == 0)
    }

    @Test(
        "what is no time is refused",
        arguments: [
            "", "1970-01-01", "1970-13-01T00:00:00Z", "1970-01-00T00:00:00Z",
            "1970-01-01T24:00:00Z", "1970-01-01T00:00:00", "1970-01-01_00:00:00Z",
            "1970-01-01T00:00:00+0100", "197a-01-01T00:00:00Z", "1970-01-01T00:00:00ZZ",
        ])
    func refused(text: String) {
        #expect(Timestamp(text) == nil)
    }
}
