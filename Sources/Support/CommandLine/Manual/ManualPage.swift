/// A page that man(1) shows, about a program or one of its commands.
struct ManualPage: Hashable, Sendable {
    /// All words of the command: `weft ipam list`.
    let command: String
    /// In the language of troff.
    let text: String
}

extension ManualPage {
    static let section = "1"

    static func title(_ command: String) -> String {
        command.split(separator: " ").joined(separator: "-")
    }

    var fileName: String { "\(Self.title(command)).\(Self.section)" }

    /// How another page names it.
    static func reference(_ command: String) -> String {
        "\(Troff.bold(title(command)))(\(section))"
    }

    /// The beginning that all pages have.
    static func opening(_ command: String, summary: String) -> Troff {
        var troff = Troff()
        let title = title(command)
        troff.macro("TH", title.uppercased(), section, "", "Weft \(Version.current)", "Weft")
        troff.macro("SH", "NAME")
        troff.lines(["\(title) - \(summary)"])
        troff.macro("SH", "SYNOPSIS")
        return troff
    }
}

extension Subcommand {
    var manualPage: ManualPage {
        var troff = ManualPage.opening(name, summary: summary)
        let operands = operand.map { " \(Troff.italic($0))" } ?? ""
        troff.marked("\(Troff.bold(name)) [\(Troff.italic("options"))]\(operands)")
        let text = ManualText(details)
        troff.section("DESCRIPTION", text.description)
        troff.macro("SH", "OPTIONS")
        for option in allOptions {
            troff.macro("TP")
            troff.marked(option.manualHead)
            troff.lines([option.explanation])
        }
        troff.section("EXIT STATUS", text.exitStatus)
        troff.section("EXAMPLES", text.examples)
        troff.macro("SH", "SEE ALSO")
        let group = name.split(separator: " ").dropLast().joined(separator: " ")
        troff.marked(ManualPage.reference(group))
        return ManualPage(command: name, text: troff.text)
    }
}

extension Option {
    fileprivate var manualHead: String {
        let names = [letter.map { "-\($0)" }, "--\(name)"].compactMap(\.self).map(Troff.bold)
        let value = value.map(Troff.italic).map { implied == nil ? " \($0)" : "[=\($0)]" } ?? ""
        return names.joined(separator: ", ") + value
    }
}

extension Tool {
    /// Its own page, and those of all commands below it.
    var manualPages: [ManualPage] {
        [manualPage] + commands.map(\.manualPage) + groups.flatMap(\.manualPages)
    }

    private var manualPage: ManualPage {
        var troff = ManualPage.opening(name, summary: summary)
        troff.marked("\(Troff.bold(name)) \(Troff.italic("COMMAND")) [\(Troff.italic("options"))]")
        let text = ManualText(details)
        troff.section("DESCRIPTION", text.description)
        troff.macro("SH", "COMMANDS")
        for row in topicRows {
            troff.macro("TP")
            troff.marked(ManualPage.reference("\(name) \(row.left)"))
            troff.lines([row.right])
        }
        troff.section("EXAMPLES", text.examples)
        return ManualPage(command: name, text: troff.text)
    }
}
