import Testing

@testable import Support

@Suite("Metrics for Prometheus")
struct ExpositionTests {
    @Test func `a family has its help, its type and its samples`() {
        var family = MetricFamily("weft_things_total", .counter, help: "Things\nby \\ \"kind\".")
        family.add(["kind": "a"], 3)
        family.add(["kind": "b\"\\\nc", "more": ""], 4.5)
        family.add([:], 1e300)
        let empty = MetricFamily("weft_nothing", .gauge, help: "Nothing.")
        #expect(
            Exposition.text([family, empty]) == #"""
                # HELP weft_things_total Things\nby \\ "kind".
                # TYPE weft_things_total counter
                weft_things_total{kind="a"} 3
                weft_things_total{kind="b\"\\\nc",more=""} 4.5
                weft_things_total 1e+300

                """#)
    }

    @Test func `buckets of a histogram count all that is below`() throws {
        var family = MetricFamily("t_seconds", .histogram, help: "Times.")
        let buckets = MetricFamily.Buckets(
            bounds: [0.005, 1, 2.5], counts: [1, 0, 2], count: 5, sum: 12.25)
        family.add(["kind": "a"], buckets)
        let reader = try ExpositionReader(Exposition.text([family]))
        #expect(
            reader.samples == [
                #"t_seconds_bucket{kind="a",le="0.005"}"#: 1,
                #"t_seconds_bucket{kind="a",le="1"}"#: 1,
                #"t_seconds_bucket{kind="a",le="2.5"}"#: 3,
                #"t_seconds_bucket{kind="a",le="+Inf"}"#: 5,
                #"t_seconds_sum{kind="a"}"#: 12.25, #"t_seconds_count{kind="a"}"#: 5,
            ])
    }

    @Test(
        "whatever stands in labels and help is read back",
        arguments: ["", "a", "\"", "\\", "\n", "\\n", "a=\"b\",c", "}", "# TYPE", "é😀", "\\\"\n\\"])
    func labels(text: String) throws {
        var family = MetricFamily("a_b1", .gauge, help: text.isEmpty ? "." : text)
        family.add(["l": text, "m": "x"], .infinity)
        family.add(["l": text, "m": "y"], .nan)
        family.add(["l": text, "m": "z"], -2)
        let reader = try ExpositionReader(Exposition.text([family]))
        #expect(reader.samples.count == 3 && reader.types == ["a_b1": "gauge"])
        #expect(reader.samples.values.contains(-2))
    }

    @Test(
        "the reader of these tests refuses what is no exposition",
        arguments: [
            "a 1\n", "# TYPE a counter\na 1", "# TYPE a thing\n", "# TYPE a gauge\na{b=\"c} 1\n",
            "# TYPE a gauge\na{b=\"\\x\"} 1\n", "# TYPE a gauge\na x\n",
            "# TYPE a gauge\na 1\na 1\n", "# TYPE 1a gauge\n1a 1\n",
        ])
    func refused(text: String) {
        #expect(throws: ExpositionReader.Problem.self) { try ExpositionReader(text) }
    }
}
