import Testing

@testable import YAML

@Suite("YAML errors")
struct YAMLErrorTests {
    @Test func `the place comes before the problem`() {
        let error = YAMLError(line: 3, column: 7, problem: "a colon is missing")
        #expect("\(error)" == "line 3, column 7: a colon is missing")
    }
}
