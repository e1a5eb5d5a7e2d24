/// A piece of HTML or SVG; whatever text comes into it is escaped on the way.
struct Markup: Hashable, Sendable {
    private(set) var source: String

    /// A text as it is to be read.
    init(_ text: String) { source = Self.escaped(text) }

    /// What is markup already, and is of this program alone.
    init(trusted source: String) { self.source = source }

    init(_ pieces: [Markup]) { source = pieces.map(\.source).joined() }
}

extension Markup {
    typealias Attributes = KeyValuePairs<String, String>

    /// An element with what is in it; more attributes may follow those that are always the same.
    static func element(
        _ name: String, _ attributes: Attributes = [:], more: Attributes = [:],
        @MarkupBuilder content: () -> Markup = { Markup([]) }
    ) -> Markup {
        let list = (Array(attributes) + Array(more))
            .map { " \($0.key)=\"\(escaped($0.value))\"" }.joined()
        let end = childless.contains(name) ? "" : "\(content().source)</\(name)>"
        return Markup(trusted: "<\(name)\(list)>\(end)")
    }

    /// Elements of HTML that have no end tag.
    private static let childless: Set = ["meta", "br", "link"]

    private static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "\n", "\t": escaped.unicodeScalars.append(scalar)
            // No document may hold these.
            case "\u{00}"..<"\u{20}", "\u{7F}"..<"\u{A0}": escaped += "\u{FFFD}"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}

/// Lets markup be written as it will be nested.
@resultBuilder
enum MarkupBuilder {
    static func buildExpression(_ piece: Markup) -> Markup { piece }
    static func buildExpression(_ pieces: [Markup]) -> Markup { Markup(pieces) }
    static func buildExpression(_ text: String) -> Markup { Markup(text) }
    static func buildBlock(_ pieces: Markup...) -> Markup { Markup(pieces) }
    static func buildOptional(_ piece: Markup?) -> Markup { piece ?? Markup([]) }
    static func buildEither(first piece: Markup) -> Markup { piece }
    static func buildEither(second piece: Markup) -> Markup { piece }
    static func buildArray(_ pieces: [Markup]) -> Markup { Markup(pieces) }
}
