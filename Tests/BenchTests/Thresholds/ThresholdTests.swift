import Platform
import TestSupport
import Testing

@testable import Bench

@Suite struct `Thresholds of a run` {
    private func thresholds(_ text: String) throws -> [Threshold] {
        try Threshold.all(
            Array("{\"version\":1,\"thresholds\":[\(text)]}".utf8), of: "path.json")
    }

    /// What the sample keeps to or not.
    private func outcomes(_ text: String) throws -> [ThresholdCheck.Outcome] {
        try ThresholdCheck(of: SampleResults.results, by: thresholds(text)).findings.map(\.outcome)
    }

    private static let connect = #""suite":"path","workload":"connect""#

    private func clusterIP(_ rest: String) -> String {
        "{\(Self.connect),\"circumstances\":{\"service\":\"cluster-ip\",\"program\":\"weft\"},"
            + rest + "}"
    }

    @Test func `apply to all measurements that have their circumstances`() throws {
        let direct = #""quantity":"p50","baseline":{"service":"direct"},"#
        #expect(
            try outcomes(clusterIP(direct + #""atMost":1.1"#))
                == Array(repeating: .holds, count: 6))
        let one =
            #"{\#(Self.connect),"circumstances":{"service":"cluster-ip","program":"weft","#
            + #""family":"v6","services":"100"},\#(direct)"atMost":1.1}"#
        #expect(try outcomes(one) == [.holds])
    }

    @Test func `are exceeded only where the whole interval is beyond them`() throws {
        // The ratio is 1.048 in every round, for what disturbs one disturbs the other.
        let direct = #""quantity":"p50","baseline":{"service":"direct","services":"1"},"#
        #expect(
            try outcomes(clusterIP(direct + #""atMost":1.04"#)) == [.exceeded, .exceeded])
        #expect(try outcomes(clusterIP(direct + #""atMost":1.05"#)) == [.holds, .holds])
        #expect(
            try outcomes(clusterIP(direct + #""atLeast":1.06"#)) == [.exceeded, .exceeded])
    }

    @Test func `compare figures too that were not measured by turns, as far as those allow`() throws
    {
        let flat =
            #"{\#(Self.connect),"circumstances":{"program":"weft","services":"10000"},"#
            + #""quantity":"p50","baseline":{"services":"1"},"#
        #expect(try outcomes(flat + #""atMost":1.1}"#) == [.holds, .holds])
        // The value is 1, and its interval from 0.95 to 1.05.
        #expect(try outcomes(flat + #""atMost":0.97}"#) == [.doubtful, .doubtful])
        #expect(try outcomes(flat + #""atMost":0.9}"#) == [.exceeded, .exceeded])
        let steep =
            #"{\#(Self.connect),"circumstances":{"program":"kube-proxy-iptables","#
            + #""services":"10000"},"quantity":"p50","baseline":{"services":"1"},"atMost":1.1}"#
        #expect(try outcomes(steep) == [.exceeded, .exceeded])
    }

    @Test func `limit counts and shares themselves, and never times`() throws {
        let lost = #""quantity":"lost","atMost":0"#
        #expect(try outcomes(clusterIP(lost)) == Array(repeating: .holds, count: 6))
        #expect {
            try outcomes(clusterIP(#""quantity":"p50","atMost":30000"#))
        } throws: { error in
            "\(error)" == "cannot check path.json: thresholds[0]: p50 differs from machine to "
                + "machine: name a baseline"
        }
    }

    @Test func `that apply to nothing are told, unless they may`() throws {
        let none =
            #"{"suite":"path","workload":"conect","circumstances":{},"quantity":"p50","#
            + #""baseline":{"service":"direct"},"atMost":1"#
        #expect(try outcomes(none + "}") == [.unmatched])
        #expect(
            try outcomes(clusterIP(#""quantity":"p77","baseline":{"a":"b"},"atMost":1"#))
                == [.unmatched])
        #expect(try !ThresholdCheck(of: SampleResults.results, by: thresholds(none + "}")).holds)
    }

    @Test func `that are optional may apply to nothing only where the baseline is missing`() throws
    {
        func optional(_ workload: String, _ program: String) -> String {
            #"{"suite":"path","workload":"\#(workload)","circumstances":{"program":"weft"},"#
                + #""quantity":"p50","baseline":{"program":"\#(program)"},"atMost":2,"#
                + #""optional":true}"#
        }
        #expect(try outcomes(optional("connect", "absent")) == [.skipped])
        #expect(
            try ThresholdCheck(
                of: SampleResults.results, by: thresholds(optional("connect", "absent"))
            ).holds)
        // It is there: the threshold has a wrong word.
        #expect(try outcomes(optional("conect", "kube-proxy-iptables")) == [.unmatched])
        #expect(!(try outcomes(optional("connect", "kube-proxy-iptables"))).contains(.skipped))
    }

    @Test func `are not certain of a few rounds, but of a count at once`() throws {
        let identity = Identity("watch", "sync", [])
        var results = Results(Facts())
        let messages = Quantity("messages", .count, better: .less)
        results.add(
            [Measurement(identity, [Figure(messages, Estimate(rounds: [6]))])],
            [
                Ratio(
                    of: identity, to: Identity("watch", "sync", [.init("program", "other")]),
                    .memory, Estimate(rounds: [2, 2, 2, 2]))
            ])
        func outcome(_ rest: String) throws -> [ThresholdCheck.Outcome] {
            let text = #"{"suite":"watch","workload":"sync","circumstances":{},"# + rest + "}"
            return try ThresholdCheck(of: results, by: thresholds(text)).findings.map(\.outcome)
        }
        #expect(try outcome(#""quantity":"messages","atMost":5"#) == [.exceeded])
        #expect(try outcome(#""quantity":"messages","atMost":6"#) == [.holds])
        let other = #""quantity":"rss","baseline":{"program":"other"},"atMost":1"#
        #expect(try outcome(other) == [.doubtful])
    }

    @Test func `are told with what was found`() throws {
        let text = clusterIP(
            #""name":"little","quantity":"p50","baseline":{"service":"direct","services":"1"},"#
                + #""atMost":1.1"#)
        let check = try ThresholdCheck(of: SampleResults.results, by: thresholds(text))
        #expect(
            check.text.split(separator: "\n").first == """
                holds  1.05 × [1.05–1.05]  at most 1.1  little  path/connect service=cluster-ip,\
                family=v4,services=1,place=same-node,program=weft p50 to direct · none
                """)
        #expect(check.text.hasSuffix("\n2 holds\n"))
    }

    @Test func `limit a share as it is told`() throws {
        let identity = Identity("path", "connect", [])
        var results = Results(Facts())
        results.add([Measurement(identity, [Figure(.lost, Estimate(rounds: [0.01]))])], [])
        let text = #"{"suite":"path","workload":"connect","circumstances":{},"quantity":"lost","#
        let check = try ThresholdCheck(of: results, by: thresholds(text + #""atMost":0.001}"#))
        #expect(check.text.contains("  at most 0.100 %  "))
    }

    private static let defects: [(String, String)] = [
        (#"{"suite":"a"}"#, "thresholds[0].workload is missing"),
        (#"{"suite":"a","worklod":"b"}"#, "thresholds[0].worklod is no key"),
        (#"{"suite":"a","workload":"b","circumstances":{"c":1}}"#, "circumstances.c must be a"),
        (
            #"{"suite":"a","workload":"b","circumstances":{},"quantity":"p50"}"#,
            "thresholds[0] must have either atMost or atLeast"
        ),
        (
            #"{"suite":"a","workload":"b","circumstances":{},"quantity":"p","atMost":1,"atLeast":1}"#,
            "thresholds[0] must have either atMost or atLeast"
        ),
        (
            #"{"suite":"a","workload":"b","circumstances":{},"quantity":"p","atMost":"1"}"#,
            "thresholds[0].atMost must be a number"
        ),
        (
            #"{"suite":"a","workload":"b","circumstances":{},"quantity":"p","atMost":1,"baseline":{}}"#,
            "thresholds[0].baseline must say"
        ),
    ]

    @Test(arguments: defects)
    func `that are malformed are refused by the name of the key`(text: String, message: String) {
        #expect {
            try thresholds(text)
        } throws: { error in
            "\(error)".contains("path.json") && "\(error)".contains(message)
        }
    }

    @Test func `are read from all files of a directory, of which there is one`() throws {
        try withTemporaryDirectory { directory in
            #expect { try Threshold.files(in: directory) } throws: {
                "\($0)".contains("there is no .json file in \(directory)")
            }
            let content =
                "{\"version\":1,\"thresholds\":[\(clusterIP(#""quantity":"lost","atMost":0"#))]}"
            for name in ["a.json", "b.json", "c.txt"] {
                try File.replace("\(directory)/\(name)", with: content.utf8Span.span)
            }
            #expect(try Threshold.files(in: directory).count == 2)
        }
    }
}
