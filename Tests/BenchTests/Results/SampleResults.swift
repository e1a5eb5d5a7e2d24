@testable import Bench

/// What a run might find: few things, of which all can be looked at.
enum SampleResults {
    static let services = [1, 100, 10_000]
    static let families = ["v4", "v6"]
    /// Programs and kinds of services, with what connecting takes.
    static let variants: [(service: String, program: String, nanoseconds: Double)] = [
        ("direct", "none", 26_900), ("cluster-ip", "weft", 28_200),
        ("cluster-ip", "kube-proxy-iptables", 31_000),
    ]

    static func identity(_ variant: Int, _ family: String, _ services: Int) -> Identity {
        Identity(
            "path", "connect",
            [
                .init("service", variants[variant].service), .init("family", family),
                .init("services", "\(services)"), .init("place", "same-node"),
                .init("program", variants[variant].program),
            ])
    }

    static let results: Results = {
        var facts = Facts()
        facts.rows = [
            .init("weft", "0.1"), .init("date", "2026-02-03T10:00:00.000Z"),
            .init("command", "weft bench path <&> \"quoted\""), .init("kernel", "6.18.0"),
            .init("processor", "Test Processor"), .init("memory", "8.30 GB"),
        ]
        var results = Results(facts)
        for family in families {
            for services in services { results.addConnecting(family, services) }
        }
        results.addNames()
        results.note("<script>alert('no')</script> & a \"note\"")
        return results
    }()
}

extension Results {
    fileprivate mutating func addConnecting(_ family: String, _ services: Int) {
        let measured = SampleResults.variants.indices.map { variant in
            // Only iptables becomes slower with services; v6 is a little slower than v4.
            let growth = variant == 2 ? 1 + Double(services) / 5000 : 1
            let base =
                SampleResults.variants[variant].nanoseconds * growth
                * (family == "v6" ? 1.03 : 1)
            return Measurement(
                SampleResults.identity(variant, family, services),
                [
                    Figure(.p50, .spread(around: base)), Figure(.p99, .spread(around: base * 2.3)),
                    Figure(.rate, .spread(around: 1e9 / base)),
                    Figure(.lost, Estimate(rounds: Array(repeating: 0, count: 10))),
                ], .tailed(around: base))
        }
        add(measured, measured.dropFirst().flatMap { $0.ratios(to: measured[0]) })
    }

    fileprivate mutating func addNames() {
        let programs = [("weft", 4100.0), ("knot", 5100), ("coredns", 31_000)]
        let measured = programs.map { program, base in
            Measurement(
                Identity("dns", "query", [.init("program", program), .init("transport", "udp")]),
                [
                    Figure(.processor, .spread(around: base)),
                    Figure(.memory, Estimate(rounds: [base * 7000])),
                ])
        }
        add(measured, measured.dropFirst().flatMap { measured[0].ratios(to: $0) })
    }
}

extension Estimate {
    /// Ten rounds, up to three per cent off.
    static func spread(around value: Double) -> Estimate {
        let offsets = [0.3, -1.2, 2.4, -2.9, 0.9, -0.4, 1.7, -2.1, 2.9, -1.6]
        return Estimate(rounds: offsets.map { value * (1 + $0 / 100) })
    }
}

extension Histogram {
    /// Many near a value, and some that take up to forty times as long.
    static func tailed(around value: Double) -> Histogram {
        var histogram = Histogram()
        for index in 0..<5000 {
            histogram.record(UInt64(value * (0.9 + Double(index) / 25_000)))
        }
        for index in 0..<60 { histogram.record(UInt64(value * (2 + Double(index) * 0.6))) }
        return histogram
    }
}
