import JSON
import Platform
import TestSupport
import Testing

@testable import Bench

@Suite struct `A file of results` {
    @Test(arguments: 0..<100 as Range<UInt64>)
    func `is read as it was written`(seed: UInt64) throws {
        var random = RandomResults(seed: seed)
        let results = random.results()
        let text = results.fileText
        #expect(try Results(Array(text.utf8), of: "a") == results)
        // And is the same when it is written again.
        #expect(try Results(Array(text.utf8), of: "a").fileText == text)
    }

    @Test func `has a line for each thing that was measured`() throws {
        var results = SampleResults.results
        results.notes = ["one", "two"]
        let lines = results.fileText.split(separator: "\n")
        let things = results.measurements.count + results.ratios.count + results.notes.count
        #expect(lines.count == things + 5)
        #expect(lines.count { $0.hasPrefix("{\"suite\":") } == results.measurements.count)
    }

    @Test func `is replaced as a whole, and read back from its path`() throws {
        try withTemporaryDirectory { directory in
            let path = "\(directory)/results.json"
            try SampleResults.results.write(to: path)
            #expect(try Results.read(path) == SampleResults.results)
            #expect(try Directory.list(directory) == ["results.json"])
        }
    }

    @Test func `that is not there is an error that names it`() {
        #expect {
            try Results.read("/nonexistent/results.json")
        } throws: { error in
            "\(error)".contains("/nonexistent/results.json")
        }
    }

    /// What is put into a good file, in place of what, and what the error says.
    private static let defects: [(String, String, String)] = [
        ("\"version\":1", "\"version\":2", "version must be 1"),
        ("\"version\":1", "\"version\":\"1\"", "version must be a whole number"),
        ("\"version\":1,", "", "version is missing"),
        ("\"facts\":{", "\"fact\":{", "fact is no key"),
        ("\"facts\":{\"kernel\":\"6.18\"}", "\"facts\":[]", "facts must be an object"),
        ("\"6.18\"", "6.18", "facts.kernel must be a string, it is 6.18"),
        ("\"measurements\":[", "\"measurements\":3,\"x\":[", "measurements"),
        ("\"suite\":\"s\"", "\"suite\":null", "measurements[0].suite must be a string"),
        ("\"workload\":\"w\",", "", "measurements[0].workload is missing"),
        ("{\"a\":\"1\"}", "{\"a\":1}", "measurements[0].circumstances.a must be a string"),
        ("\"unit\":\"ns\"", "\"unit\":\"miles\"", "measurements[0].figures[0].unit must be one of"),
        ("\"better\":\"less\"", "\"better\":0", "measurements[0].figures[0].better must be one of"),
        ("\"low\":1", "\"low\":\"1\"", "measurements[0].figures[0].low must be a number"),
        ("\"high\":3", "\"high\":1e999", "measurements[0].figures[0].high must be a number"),
        ("\"low\":1", "\"low\":2.5", "measurements[0].figures[0] must have its value between"),
        ("[1,2,3]", "[1,true]", "measurements[0].figures[0].rounds[1] must be a number"),
        ("\"minimum\":5", "\"minimum\":-5", "measurements[0].histogram.minimum must be a whole"),
        ("[[5,2]", "[[5]", "measurements[0].histogram.buckets must be pairs"),
        ("[[5,2]", "[[5,0]", "measurements[0].histogram.buckets must be pairs"),
        ("[[5,2],[300,1]]", "[[300,1],[5,2]]", "measurements[0].histogram.buckets must be pairs"),
        ("[300,1]", "[301,1]", "measurements[0].histogram.buckets must be pairs"),
        ("\"maximum\":301", "\"maximum\":900", "measurements[0].histogram.buckets must be pairs"),
        ("[300,1]", "[300,18446744073709551615]", "measurements[0].histogram.buckets must be"),
        ("\"notes\":[]", "\"notes\":[{}]", "notes[0] must be a string, it is {}"),
        ("\"notes\":[]", "\"notes\":[],\"more\":1", "more is no key"),
        ("\"notes\":[]}", "\"notes\":[]", "line 1"),
    ]

    private static let good = """
        {"version":1,"facts":{"kernel":"6.18"},"measurements":[{"suite":"s","workload":"w",\
        "circumstances":{"a":"1"},"figures":[{"quantity":"p50","unit":"ns","better":"less",\
        "value":2,"low":1,"high":3,"rounds":[1,2,3]}],"histogram":{"minimum":5,"maximum":301,\
        "sum":311,"buckets":[[5,2],[300,1]]}}],"ratios":[],"notes":[]}
        """

    @Test func `that is good is taken`() throws {
        let results = try Results(Array(Self.good.utf8), of: "good.json")
        #expect(results.measurements[0][Quantity.p50.name]?.rounds == [1, 2, 3])
        #expect(results.measurements[0].histogram.percentile(1) == 300.5)
    }

    @Test(arguments: defects)
    func `that is malformed is refused by the name of the key`(
        part: String, defect: String, message: String
    ) {
        let text = Self.good.replacing(part, with: defect, maxReplacements: 1)
        #expect(text != Self.good)
        #expect {
            try Results(Array(text.utf8), of: "bad.json")
        } throws: { error in
            let text = "\(error)"
            return text.hasPrefix("cannot read bad.json: ") && text.contains(message)
        }
    }
}
