/// `log`: a line of the log for each question, or for some.
package struct LogRule: Hashable, Sendable {
    /// Which answers have a line.
    package struct Classes: OptionSet, Hashable, Sendable {
        package let rawValue: UInt8
        package init(rawValue: UInt8) { self.rawValue = rawValue }

        package static let success = Classes(rawValue: 1)
        /// NXDOMAIN, or no record of the type.
        package static let denial = Classes(rawValue: 2)
        package static let error = Classes(rawValue: 4)
        package static let all: Classes = [.success, .denial, .error]
    }

    package var zone: DomainName
    package var format: LogFormat
    package var classes: Classes

    /// The rules of a directive: one for each name.
    static func rules(_ directive: Directive) throws(CorefileError) -> [LogRule] {
        var names = directive.values
        var format = LogFormat.common
        // As in CoreDNS, a format alone would be a name.
        if names.count > 1, let last = names.last, last.text.contains("{") {
            format = try LogFormat(last, directive)
            names.removeLast()
        }
        let classes = try Self.classes(directive)
        var rules: [LogRule] = []
        for name in names {
            rules.append(
                LogRule(zone: try directive.domain(name), format: format, classes: classes))
        }
        return rules.isEmpty ? [LogRule(zone: .root, format: format, classes: classes)] : rules
    }

    private static func classes(_ directive: Directive) throws(CorefileError) -> Classes {
        var classes: Classes = []
        for option in try directive.options() {
            guard option.name == "class" else { throw option.unknownOption(["class"]) }
            for word in try option.atLeastOne("class all|success|denial|error …") {
                classes.formUnion(
                    try option.choice(
                        word,
                        ["all": .all, "success": .success, "denial": .denial, "error": .error]))
            }
        }
        return classes.isEmpty ? .all : classes
    }
}
