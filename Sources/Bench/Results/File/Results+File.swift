import JSON
import Platform

extension Results {
    /// Another layout has another number.
    package static let fileVersion = 1

    /// The document of a file: an object with a line for each thing that was measured.
    ///
    /// A duration is in nanoseconds; a histogram has pairs of a bucket's shortest duration and of
    /// how many are in it.
    package var fileText: String {
        "{\"version\":\(Self.fileVersion),\n\"facts\":\(facts.json.text),\n"
            + [
                Self.list("measurements", measurements.map(\.json)),
                Self.list("ratios", ratios.map(\.json)),
                Self.list("notes", notes.map(JSONValue.string)),
            ].joined(separator: ",\n") + "}\n"
    }

    private static func list(_ key: String, _ values: [JSONValue]) -> String {
        "\"\(key)\":[" + values.map { "\n" + $0.text }.joined(separator: ",") + "]"
    }

    package func write(to path: String) throws(BenchError) {
        try BenchError.of(.file, "write \(path)") {
            try File.replace(path, with: fileText.utf8Span.span, durably: false)
        }
    }
}

extension Results {
    package static func read(_ path: String) throws(BenchError) -> Results {
        try Results(BenchError.of(.file, "read \(path)") { try File.read(path) }, of: path)
    }

    /// Reads a document; `file` is what errors call it.
    package init(_ text: [UInt8], of file: String) throws(BenchError) {
        let document = try FileValue(text, of: file)
        let version = try document.member("version")
        guard try version.count() == Self.fileVersion else {
            throw version.wrong("must be \(Self.fileVersion): this is not the program for it")
        }
        try document.allow("version", "facts", "measurements", "ratios", "notes")
        self.init(try Facts(document.member("facts")))
        for element in try document.member("measurements").elements() {
            measurements.append(try Measurement(element))
        }
        for element in try document.member("ratios").elements() {
            ratios.append(try Ratio(element))
        }
        for element in try document.member("notes").elements() {
            notes.append(try element.text())
        }
    }
}

extension Facts {
    fileprivate var json: JSONValue {
        .object(JSONObject(members: rows.map { .init(key: $0.name, value: .string($0.value)) }))
    }

    fileprivate init(_ value: FileValue) throws(BenchError) {
        self.init()
        for member in try value.members() {
            rows.append(Row(member.key, try member.value.text()))
        }
    }
}
