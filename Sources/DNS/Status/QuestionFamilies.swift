import Support

/// What was asked and answered, by server and zone.
struct QuestionFamilies {
    private let entries: [AnswerBook.Entry]

    init(_ entries: [AnswerBook.Entry]) { self.entries = entries }

    private static let protocols = ["udp", "tcp"]
    private static let families = ["1", "2"]

    var all: [MetricFamily] {
        [
            requests, dnssec, responses, durations,
            sizes("request", "Sizes of questions.", CountPlace.requestSizes),
            sizes("response", "Sizes of replies.", CountPlace.responseSizes),
            searches,
        ] + cacheUses + [limited]
    }

    private func family(
        _ name: String, _ kind: MetricFamily.Kind, _ help: String,
        _ body: (AnswerBook.Entry, inout MetricFamily) -> Void
    ) -> MetricFamily {
        var family = MetricFamily("coredns_\(name)", kind, help: help)
        for entry in entries { body(entry, &family) }
        return family
    }
}

extension QuestionFamilies {
    private var requests: MetricFamily {
        family("dns_requests_total", .counter, "Questions.") { entry, family in
            for index in 0..<CountPlace.dnssec where entry.cells[index] > 0 {
                let (transport, rest) = index.quotientAndRemainder(
                    dividingBy: CountPlace.families * CountPlace.types)
                let (version, type) = rest.quotientAndRemainder(dividingBy: CountPlace.types)
                family.add(
                    [
                        "server": entry.server, "zone": entry.zone, "view": "",
                        "proto": Self.protocols[transport], "family": Self.families[version],
                        "type": CountedType.names[type],
                    ], Double(entry.cells[index]))
            }
        }
    }

    private var dnssec: MetricFamily {
        family("dns_do_requests_total", .counter, "Questions with the DO bit.") {
            entry, family in
            let count = entry.cells[CountPlace.dnssec]
            guard count > 0 else { return }
            family.add(
                ["server": entry.server, "zone": entry.zone, "view": ""], Double(count))
        }
    }

    private var responses: MetricFamily {
        family("dns_responses_total", .counter, "Replies by their code and what made them.") {
            entry, family in
            for source in AnswerSource.allCases {
                for code in 0..<CountPlace.codes {
                    let cell =
                        CountPlace.responses + Int(source.rawValue) * CountPlace.codes + code
                    guard entry.cells[cell] > 0 else { continue }
                    family.add(
                        [
                            "server": entry.server, "zone": entry.zone, "view": "",
                            "rcode": CountedCode.label(code), "plugin": source.label,
                        ], Double(entry.cells[cell]))
                }
            }
        }
    }

    private var durations: MetricFamily {
        family(
            "dns_request_duration_seconds", .histogram,
            "Times from the arrival of a question to its reply; those that came together count alike."
        ) { entry, family in
            let start = CountPlace.durations
            let counts = entry.cells[start...start + CountPlace.durationBounds].map { Int($0) }
            guard counts.contains(where: { $0 > 0 }) else { return }
            let sum = Double(entry.cells[start + CountPlace.durationBounds + 1]) / 1e9
            let bounds = Histogram.exponential(
                Double(CountedDuration.shortest) / 1e9, times: 2, CountPlace.durationBounds)
            family.add(
                ["server": entry.server, "zone": entry.zone, "view": ""],
                .init(bounds: bounds, cells: counts, sum: sum))
        }
    }

    private func sizes(_ name: String, _ help: String, _ first: Int) -> MetricFamily {
        family("dns_\(name)_size_bytes", .histogram, help) { entry, family in
            for (number, transport) in Self.protocols.enumerated() {
                let start = first + number * CountPlace.sizeCells
                let end = start + CountPlace.sizeCells - 1
                let counts = entry.cells[start..<end].map { Int($0) }
                guard counts.contains(where: { $0 > 0 }) else { continue }
                family.add(
                    [
                        "server": entry.server, "zone": entry.zone, "view": "",
                        "proto": transport,
                    ],
                    .init(
                        bounds: CountedSize.bounds, cells: counts, sum: Double(entry.cells[end])))
            }
        }
    }
}

extension QuestionFamilies {
    private var searches: MetricFamily {
        var family = MetricFamily(
            "coredns_autopath_success_total", .counter,
            help: "Names that were found on behalf of clients.")
        for (server, entries) in Dictionary(grouping: entries, by: \.server).sorted(by: {
            $0.key < $1.key
        }) {
            let count = entries.reduce(0) { $0 + $1.cells[CountPlace.searches] }
            if count > 0 { family.add(["server": server], Double(count)) }
        }
        return family
    }

    private var limited: MetricFamily {
        var family = MetricFamily(
            "weft_dns_limited_total", .counter,
            help: "Datagrams of clients that asked more than they may.")
        for entry in entries {
            for use in LimitedUse.allCases {
                let count = entry.cells[CountPlace.limited + use.rawValue]
                guard count > 0 else { continue }
                family.add(["server": entry.server, "action": "\(use)"], Double(count))
            }
        }
        return family
    }

    private var cacheUses: [MetricFamily] {
        [
            uses("requests_total", "Looks.", [.success, .denial, .miss]),
            uses("misses_total", "Looks that found nothing.", [.miss]),
            uses("prefetch_total", "Answers asked for before their end.", [.prefetch]),
            uses("served_stale_total", "Answers given after their end.", [.stale]),
            family("cache_hits_total", .counter, "Answers from the cache.") { entry, family in
                for use in [CacheUse.success, .denial] where entry[use] > 0 {
                    family.add(
                        [
                            "server": entry.server, "type": "\(use)", "zones": entry.zone,
                            "view": "",
                        ], Double(entry[use]))
                }
            },
        ]
    }

    private func uses(_ name: String, _ help: String, _ uses: [CacheUse]) -> MetricFamily {
        family("cache_\(name)", .counter, help) { entry, family in
            let count = uses.reduce(0) { $0 + entry[$1] }
            guard count > 0 else { return }
            family.add(
                ["server": entry.server, "zones": entry.zone, "view": ""], Double(count))
        }
    }
}

extension AnswerBook.Entry {
    fileprivate subscript(use: CacheUse) -> UInt64 { cells[CountPlace.cacheUses + use.rawValue] }
}

extension MetricFamily.Buckets {
    /// Takes a count for each bound and one for what is beyond.
    fileprivate init(bounds: [Double], cells: [Int], sum: Double) {
        self.init(
            bounds: bounds, counts: Array(cells.prefix(bounds.count)),
            count: cells.reduce(0, +), sum: sum)
    }
}
