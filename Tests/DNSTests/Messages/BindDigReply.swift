import Network
import Platform

/// What dig(1), of BIND's tools, makes of a reply.
struct BindDigReply {
    let text: String

    /// Asks the server at a port of the loopback, in words as in a shell.
    init(_ words: String, at port: Port) throws {
        let common = "@127.0.0.1 -p \(port) +nocmd +nostats +noquestion +nocomments +timeout=20"
        let shown = "+comments +answer +authority +additional"
        let arguments = "\(common) \(shown) \(words)".split(separator: " ").map(String.init)
        let dig = Program(
            "dig", arguments, environment: ["PATH=/usr/bin:/bin", "HOME=/nonexistent"],
            limit: .seconds(60))
        text = String(decoding: try dig.run().output, as: UTF8.self)
    }

    private var lines: [Substring] { text.split(separator: "\n") }

    /// Code, flags but QR and the answer's records, as `NOERROR aa rd: A 10.96.0.1`.
    var summary: String { "\(code) \(flags.joined(separator: " ")): \(answers)" }

    private var code: Substring {
        word(behind: "status: ", before: ",") ?? "no code"
    }

    private var flags: [Substring] {
        let flags = word(behind: ";; flags: ", before: ";")?.split(separator: " ") ?? []
        return flags.first == "qr" ? Array(flags.dropFirst()) : ["no", "qr"]
    }

    private var answers: String { records(of: "ANSWER").sorted().joined(separator: ", ") }

    /// Whether dig finds octets too many, or none of its records.
    var isMalformed: Bool { text.contains("WARNING: Message") }

    /// The types of the records in the authority section.
    var authorities: [Substring] {
        records(of: "AUTHORITY").map { $0.prefix { $0 != " " } }
    }

    /// Type and data of a section's records.
    private func records(of section: String) -> [String] {
        lines.drop { $0 != ";; \(section) SECTION:" }.dropFirst()
            .prefix { !$0.hasPrefix(";; ") }
            .map { line in
                let fields = line.split { $0 == "\t" || $0 == " " }
                return fields.dropFirst(3).joined(separator: " ")
            }
    }

    private func word(behind start: String, before end: String) -> Substring? {
        guard let found = text.firstRange(of: start) else { return nil }
        let rest = text[found.upperBound...]
        return rest.firstRange(of: end).map { rest[..<$0.lowerBound] }
    }
}
