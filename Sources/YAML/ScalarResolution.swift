/// What a scalar is: the choices of Kubernetes' own reader, which turns YAML 1.1 into JSON.
///
/// Manifests that `kubectl` takes must mean the same here, so this is not YAML 1.2's core schema:
/// `yes`, `on` and `y` are true; `0755` is octal, 493; `1_000` is 1000, `0b11` is 3, `0o17` is 15;
/// `~`, `null` and nothing at all are null; times stay text; a number like `80.0` or `8e1` that is
/// whole is the integer 80. `.inf` and `.nan`, which JSON cannot hold, are refused. Text in quotes
/// is always text. One thing differs: numbers in base 60 are text here as there, but a key that is
/// null or has a fraction is refused where Kubernetes makes something up.
enum ScalarResolution {
    /// Why a scalar cannot be used.
    struct Refusal: Error {
        let problem: String
    }

    static func kind(
        _ text: Span<UInt8>, tag: String?, isPlain: Bool
    ) throws(Refusal) -> YAMLNode.Kind {
        guard let tag else { return isPlain ? try plain(text) : .text }
        guard tag.hasPrefix(standardTags) else { return .text }
        let name = tag.dropFirst(standardTags.count)
        let wanted: [YAMLNode.Kind]
        switch name {
        case "str", "timestamp": return .text
        case "null": wanted = [.null]
        case "bool": wanted = [.bool]
        case "int": wanted = [.integer]
        case "float": wanted = [.number, .integer]
        default: throw Refusal(problem: "the tag !!\(name) is not supported")
        }
        let kind = try plain(text)
        guard wanted.contains(kind) else {
            throw Refusal(problem: "the value is not what its tag !!\(name) says")
        }
        return kind
    }

    private static let standardTags = "tag:yaml.org,2002:"

    private static func plain(_ text: Span<UInt8>) throws(Refusal) -> YAMLNode.Kind {
        guard !text.isEmpty else { return .null }
        switch text[0] {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"),
            UInt8(ascii: "."):
            return try number(text)
        default:
            // No word is longer.
            guard text.count <= 5 else { return .text }
            let word = String(copying: text)
            if nulls.contains(word) { return .null }
            return trues.contains(word) || falses.contains(word) ? .bool : .text
        }
    }

    private static func number(_ text: Span<UInt8>) throws(Refusal) -> YAMLNode.Kind {
        // Longer digits are text: nobody means a number by them.
        guard text.count <= 400 else { return .text }
        let word = String(copying: text)
        if infinities.contains(word) {
            throw Refusal(problem: "\(word) is no number that JSON has; put text in quotes")
        }
        if integer(text) != nil { return .integer }
        return Numeral(word).isNumber ? .number : .text
    }

    static func isTrue(_ text: Span<UInt8>) -> Bool { trues.contains(String(copying: text)) }

    static func integer(_ text: Span<UInt8>) -> Int64? { Numeral(String(copying: text)).integer }

    private static let nulls: Set = ["~", "null", "Null", "NULL"]
    private static let trues: Set = [
        "true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON", "y", "Y",
    ]
    private static let falses: Set = [
        "false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF", "n", "N",
    ]
    private static let infinities: Set = [
        ".nan", ".NaN", ".NAN", ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF", "-.inf",
        "-.Inf", "-.INF",
    ]
}
