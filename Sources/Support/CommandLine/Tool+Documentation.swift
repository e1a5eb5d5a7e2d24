import Platform

extension Tool {
    /// The program with two more commands, which tell a shell and man(1) of all the others.
    package var documented: Tool {
        var tool = self
        tool.commands += [completionCommand, manualCommand]
        return tool
    }

    private var completionCommand: Subcommand {
        Subcommand(
            "\(name) completion", summary: "Print what makes a shell complete \(name)'s words",
            details: """
                Completes commands, options, values that are known and names of files. The shell
                asks the program each time, so it need not be told again after an upgrade.

                With --words it says what the last of the words may become, a line each with what
                it means behind a tab: this is what shells ask.

                Examples:
                  source <(\(name) completion bash)
                  \(name) completion zsh > /usr/local/share/zsh/site-functions/_\(name)
                  \(name) completion fish > /etc/fish/completions/\(name).fish
                """,
            options: [Option("words", help: "Answer a shell about the words behind --")],
            operand: Shell.allCases.map(\.rawValue).joined(separator: "|")
        ) { arguments in
            if arguments.has("words") {
                return Output.print(documented.candidates(arguments.operands).text)
            }
            guard arguments.operands.count == 1, let shell = Shell(rawValue: arguments.operands[0])
            else { throw UsageError("name one shell: bash, zsh or fish") }
            return Output.print(shell.script(for: name))
        }
    }

    private var manualCommand: Subcommand {
        Subcommand(
            "\(name) man", summary: "Print the manual page of a command",
            details: """
                The pages say what --help says. Without a command it is the page of \(name) itself;
                with --write-to, all pages become files, to be packed or put where man(1) looks.

                Examples:
                  \(name) man | man -l -
                  \(name) man --write-to /usr/local/share/man/man1
                """,
            options: [Option("write-to", value: "DIR", help: "Write all pages into a directory")],
            operand: "[COMMAND...]",
            choices: topicRows.map(\.left) + ["completion", "man"]
        ) { arguments in
            let pages = documented.manualPages
            guard let directory = arguments.text("write-to") else {
                let page = try self.page(of: arguments.operands, among: pages)
                return Output.print(page.text)
            }
            for page in pages {
                try File.replace(
                    "\(directory)/\(page.fileName)", with: page.text.utf8.span, durably: false)
            }
            return .success
        }
    }

    private func page(
        of words: [String], among pages: [ManualPage]
    ) throws(UsageError) -> ManualPage {
        let wanted = ([name] + words).joined(separator: " ")
        guard let page = pages.first(where: { $0.command == wanted }) else {
            throw .unknown("command", wanted, among: pages.map(\.command))
        }
        return page
    }
}
