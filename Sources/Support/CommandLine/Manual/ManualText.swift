/// The details of a command's help, parted as a manual page is.
struct ManualText: Hashable, Sendable {
    enum Block: Hashable, Sendable {
        case paragraph([Substring])
        /// Lines that were indented: tables and examples.
        case literal([Substring])
    }

    private(set) var description: [Block] = []
    private(set) var exitStatus: [Block] = []
    private(set) var examples: [Block] = []
}

extension ManualText {
    init(_ details: String) {
        var showsExamples = false
        for block in Self.blocks(details) {
            if case .paragraph(let lines) = block {
                if lines == ["Examples:"] {
                    showsExamples = true
                    continue
                }
                // How the help of every command that says it begins to.
                if lines[0].hasPrefix("Ends ") {
                    exitStatus.append(block)
                    continue
                }
            }
            if showsExamples { examples.append(block) } else { description.append(block) }
        }
    }

    private static func blocks(_ details: String) -> [Block] {
        var blocks: [Block] = []
        // Whether the line above belongs to another block, and which kind that was.
        var isNew = true
        for line in details.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.isEmpty {
                isNew = true
                continue
            }
            let isLiteral = line.hasPrefix(" ")
            switch (isNew ? nil : blocks.last, isLiteral) {
            case (.literal(let lines), true):
                blocks[blocks.count - 1] = .literal(lines + [line])
            case (.paragraph(let lines), false):
                blocks[blocks.count - 1] = .paragraph(lines + [line])
            default: blocks.append(isLiteral ? .literal([line]) : .paragraph([line]))
            }
            isNew = false
        }
        return blocks
    }
}

extension Troff {
    mutating func section(_ title: String, _ blocks: [ManualText.Block]) {
        guard !blocks.isEmpty else { return }
        macro("SH", title)
        for (place, block) in blocks.enumerated() {
            // A section begins a paragraph itself.
            if place > 0 { macro("PP") }
            switch block {
            case .paragraph(let lines): self.lines(lines)
            case .literal(let lines): literal(Self.unindented(lines))
            }
        }
    }

    private static func unindented(_ lines: [Substring]) -> [Substring] {
        let indentation = lines.map { line in line.prefix { $0 == " " }.count }.min() ?? 0
        return lines.map { $0.dropFirst(indentation) }
    }
}
