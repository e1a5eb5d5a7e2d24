/// Reads Prometheus' text format strictly, as a server that scrapes does.
struct ExpositionReader {
    struct Problem: Error, Hashable {
        let line: String
    }

    private(set) var types: [String: String] = [:]
    private(set) var helps: [String: String] = [:]
    /// By name and labels as they stand.
    private(set) var samples: [String: Double] = [:]

    init(_ text: String) throws(Problem) {
        guard text.isEmpty || text.hasSuffix("\n") else { throw Problem(line: "no end") }
        for line in text.split(separator: "\n") { try read(String(line)) }
    }

    private mutating func read(_ line: String) throws(Problem) {
        let words = line.split(separator: " ", maxSplits: 3, omittingEmptySubsequences: false)
        guard line.hasPrefix("#") else { return try readSample(line) }
        guard words.count == 4, isName(words[2]) else { throw Problem(line: line) }
        let (name, rest) = (String(words[2]), String(words[3]))
        switch words[1] {
        case "HELP" where helps[name] == nil: helps[name] = rest
        case "TYPE" where types[name] == nil && ["counter", "gauge", "histogram"].contains(rest):
            types[name] = rest
        default: throw Problem(line: line)
        }
    }

    private mutating func readSample(_ line: String) throws(Problem) {
        guard let space = line.lastIndex(of: " "),
            let value = number(line[line.index(after: space)...])
        else { throw Problem(line: line) }
        let series = String(line[..<space])
        let name = series.prefix { $0 != "{" }
        guard isName(name), types[family(of: String(name))] != nil, samples[series] == nil,
            labelsAreSound(series.dropFirst(name.count))
        else { throw Problem(line: line) }
        samples[series] = value
    }

    /// The name that a sample's type stands under.
    private func family(of name: String) -> String {
        let endings = ["_bucket", "_sum", "_count"]
        guard let ending = endings.first(where: { name.hasSuffix($0) }) else { return name }
        let base = String(name.dropLast(ending.count))
        return types[base] == "histogram" ? base : name
    }

    private func number(_ text: Substring) -> Double? {
        let words: [String: Double] = ["+Inf": .infinity, "-Inf": -.infinity, "NaN": .nan]
        return words[String(text)] ?? Double(text)
    }

    private func isName(_ text: Substring) -> Bool {
        guard let first = text.first, !first.isNumber else { return false }
        return text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
    }

    /// `{name="value",…}` with nothing but `\\`, `\"` and `\n` escaped.
    private func labelsAreSound(_ text: Substring) -> Bool {
        if text.isEmpty { return true }
        guard text.hasPrefix("{"), text.hasSuffix("\"}") else { return false }
        var rest = text.dropFirst().dropLast()
        while !rest.isEmpty {
            let name = rest.prefix { $0 != "=" }
            rest = rest.dropFirst(name.count)
            guard isName(name), rest.hasPrefix("=\"") else { return false }
            rest = rest.dropFirst(2)
            while let character = rest.popFirst(), character != "\"" {
                if character == "\\", !"\\\"n".contains(rest.popFirst() ?? " ") { return false }
            }
            if rest.popFirst() ?? "," != "," { return false }
        }
        return true
    }
}
