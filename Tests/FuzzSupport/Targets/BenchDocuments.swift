import Bench

extension FuzzTargets {
    /// Results and thresholds of benchmarks, which come from other machines.
    static let benchDocuments = [
        FuzzTarget("bench.results", texts: [BenchTexts.results]) { input in
            guard let results = try? Results(input, of: "results.json") else { return }
            let copy = try? Results(Array(results.fileText.utf8), of: "copy")
            precondition(copy == results)
            precondition(!ResultsPage(results).text.contains("<script"))
            precondition(!TerminalTable.text(results).contains("\u{1B}"))
            let comparison = Comparison(of: results, and: results)
            precondition(!comparison.text(onlyChanges: false).isEmpty)
            precondition(comparison.figures.allSatisfy { $0.verdict == .noise })
        },
        FuzzTarget("bench.thresholds", texts: [BenchTexts.thresholds]) { input in
            guard let thresholds = try? Threshold.all(input, of: "path.json"),
                let results = try? Results(Array(BenchTexts.results.utf8), of: "results.json")
            else { return }
            let check = try? ThresholdCheck(of: results, by: thresholds)
            precondition(check?.text.isEmpty != true)
        },
    ]
}

private enum BenchTexts {
    static let results = """
        {"version":1,
        "facts":{"kernel":"6.18.0","date":"2026-02-03T10:00:00.000Z"},
        "measurements":[
        {"suite":"path","workload":"connect","circumstances":{"service":"direct","services":"1"},\
        "figures":[{"quantity":"p50","unit":"ns","better":"less","value":26900,"low":26000,\
        "high":27000.5,"rounds":[26900,26000,27000.5]}],"histogram":{"minimum":5,"maximum":301,\
        "sum":311,"buckets":[[5,200],[300,1]]}},
        {"suite":"path","workload":"connect","circumstances":{"service":"cluster-ip",\
        "services":"100"},"figures":[{"quantity":"p50","unit":"ns","better":"less","value":28200,\
        "low":1e3,"high":29000,"rounds":[28200]},{"quantity":"lost","unit":"share",\
        "better":"less","value":0,"low":0,"high":0,"rounds":[0]}]},
        {"suite":"path","workload":"connect","circumstances":{"service":"cluster-ip",\
        "services":"1"},"figures":[{"quantity":"p50","unit":"ns","better":"less","value":28000,\
        "low":27000,"high":29000,"rounds":[28000,27000,29000]}]}],
        "ratios":[
        {"of":{"suite":"path","workload":"connect","circumstances":{"service":"cluster-ip",\
        "services":"1"}},"to":{"suite":"path","workload":"connect","circumstances":{"service":\
        "direct","services":"1"}},"quantity":"p50","unit":"ns","better":"less","value":1.04,\
        "low":1.02,"high":1.07,"rounds":[1.04,1.02,1.07]}],
        "notes":["<script>"]}
        """
    static let thresholds = """
        {"version": 1, "thresholds": [
        {"suite": "path", "workload": "connect", "circumstances": {"service": "cluster-ip"},
         "quantity": "p50", "baseline": {"service": "direct"}, "atMost": 1.1},
        {"suite": "path", "workload": "connect", "circumstances": {}, "optional": true,
         "quantity": "lost", "atMost": 0, "name": "nothing is lost"}]}
        """
}
