import Platform

extension Threshold {
    /// Reads all files of a directory that end in `.json`.
    ///
    /// A file is an object with `version` 1 and `thresholds`, a list of objects:
    ///
    ///     {
    ///       "name": "a ClusterIP costs at most a tenth of connecting directly",
    ///       "suite": "path",
    ///       "workload": "connect",
    ///       "circumstances": {"service": "cluster-ip", "program": "weft"},
    ///       "quantity": "p50",
    ///       "baseline": {"service": "direct"},
    ///       "atMost": 1.1
    ///     }
    ///
    /// It applies to every measurement of the workload that has the circumstances, whatever others
    /// it has. With a `baseline` it limits the ratio to what differs in just these circumstances:
    /// the ratio that was measured by turns or, where there is none, that of the two figures,
    /// whose interval is as wide as both allow. Without, it limits the figure itself, which then
    /// must be a count or a share. The limit is `atMost` or `atLeast`. `name` may be missing. That
    /// there is nothing it applies to is an error, for a threshold that checks nothing hides what it
    /// was meant to show. `"optional": true` allows it where the suite has measured nothing with the
    /// circumstances of the baseline, as of a peer that is not installed.
    package static func files(in directory: String) throws(BenchError) -> [Threshold] {
        let names = try BenchError.of(.file, "list thresholds") { try Directory.list(directory) }
        let files = names.filter { $0.hasSuffix(".json") }.map { "\(directory)/\($0)" }
        if files.isEmpty {
            throw BenchError(.file, "read thresholds", "there is no .json file in \(directory)")
        }
        var thresholds: [Threshold] = []
        for file in files {
            let text = try BenchError.of(.file, "read \(file)") { try File.read(file) }
            thresholds += try all(text, of: file)
        }
        return thresholds
    }

    /// Reads a document; `file` is what errors call it.
    package static func all(
        _ text: [UInt8], of file: String
    ) throws(BenchError) -> [Threshold] {
        let document = try FileValue(text, of: file)
        try document.allow("version", "thresholds")
        let version = try document.member("version")
        guard try version.count() == 1 else { throw version.wrong("must be 1") }
        var thresholds: [Threshold] = []
        for element in try document.member("thresholds").elements() {
            thresholds.append(try Threshold(element, of: file))
        }
        return thresholds
    }
}

extension Threshold {
    private init(_ value: FileValue, of file: String) throws(BenchError) {
        try value.allow(
            "name", "suite", "workload", "circumstances", "quantity", "baseline", "atMost",
            "atLeast", "optional")
        suite = try value.member("suite").text()
        workload = try value.member("workload").text()
        circumstances = try Self.circumstances(value.member("circumstances"))
        quantity = try value.member("quantity").text()
        let other = try value.optional("baseline")
        baseline = if let other { try Self.circumstances(other) } else { nil }
        if let other, baseline?.isEmpty == true {
            throw other.wrong("must say in which circumstances the baseline differs")
        }
        limit = try Self.limit(value)
        let optional = try value.optional("optional")
        isOptional = if let optional { try optional.flag() } else { false }
        let name = try value.optional("name")
        self.name =
            if let name { try name.text() } else {
                Self.name(suite, workload, circumstances, quantity)
            }
        source = "\(file): \(value.path)"
    }

    private static func circumstances(
        _ value: FileValue
    ) throws(BenchError) -> [Identity.Circumstance] {
        var circumstances: [Identity.Circumstance] = []
        for member in try value.members() {
            circumstances.append(Identity.Circumstance(member.key, try member.value.text()))
        }
        return circumstances
    }

    private static func limit(_ value: FileValue) throws(BenchError) -> Limit {
        let (most, least) = (try value.optional("atMost"), try value.optional("atLeast"))
        return switch (most, least) {
        case (let most?, nil): .atMost(try most.number())
        case (nil, let least?): .atLeast(try least.number())
        default: throw value.wrong("must have either atMost or atLeast")
        }
    }
}
