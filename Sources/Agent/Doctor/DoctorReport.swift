package import JSON

/// What all checks have found on a machine.
package struct DoctorReport: Sendable {
    package let results: [(check: Check, findings: [Finding])]

    package init(_ facts: MachineFacts, _ checks: [Check] = Check.all) {
        results = checks.map { ($0, $0.judge(facts)) }
    }

    private func count(_ severity: Finding.Severity) -> Int {
        results.reduce(0) { $0 + $1.findings.count { $0.severity == severity } }
    }

    package var errors: Int { count(.error) }
    package var warnings: Int { count(.warning) }
}

extension DoctorReport {
    /// Findings, each with what to do below it, then how many there are.
    package var text: String {
        var text = ""
        for (check, findings) in results {
            for finding in findings {
                let word = finding.severity == .error ? "error  " : "warning"
                text += "\(word)  \(check.name): \(finding.text)\n         -> \(finding.remedy)\n"
            }
        }
        return text + "\(results.count) checks, \(Self.counted(errors, "error")), "
            + "\(Self.counted(warnings, "warning"))\n"
    }

    private static func counted(_ count: Int, _ word: String) -> String {
        "\(count) \(word)\(count == 1 ? "" : "s")"
    }

    package var json: JSONValue {
        .object([
            "errors": .number("\(errors)"), "warnings": .number("\(warnings)"),
            "checks": .array(
                results.map { check, findings in
                    .object([
                        "name": .string(check.name), "looksAt": .string(check.subject),
                        "findings": .array(findings.map(\.json)),
                    ])
                }),
        ])
    }
}

extension Finding {
    fileprivate var json: JSONValue {
        .object([
            "severity": .string(severity.rawValue), "text": .string(text),
            "remedy": .string(remedy),
        ])
    }
}
