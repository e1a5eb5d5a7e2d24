import DNS

/// Names outside of the cluster, of which another server knows.
enum OutsideZone {
    static let name = "bench.test."
    /// As many as the smallest of all caches can be made to hold.
    static let names = 10_000
    /// Longer than any measurement.
    static let timeToLive = 3600

    /// What pods ask for that is not of their cluster.
    static let known = [
        "www.example.com", "api.example.net", "registry.example.org", "db.internal",
    ]

    static func question(_ number: Int) -> NameQuestion {
        let record = record(number)
        return NameQuestion(record.owner, .a, exists: true, [record])
    }

    static var records: [NameRecord] { (0..<names).map(record) }

    private static func record(_ number: Int) -> NameRecord {
        NameRecord("host-\(number).\(name)", .a, "198.51.\(100 + number / 256).\(number % 256)")
    }
}
