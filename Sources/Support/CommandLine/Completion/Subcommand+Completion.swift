extension Subcommand {
    /// What the last of the words may become.
    func candidates(_ words: [String]) -> Candidates {
        guard let last = words.last else { return Candidates() }
        let line = OpenCommandLine(words.dropLast(), options: allOptions)
        return candidates(line, last).beginning(with: last)
    }

    private func candidates(_ line: OpenCommandLine, _ last: String) -> Candidates {
        if let option = line.awaiting { return Candidates(option.form) }
        if line.isPastOptions { return operands(line) }
        if let written = attachedValue(last) { return written }
        if last.hasPrefix("-") { return options(line, last) }
        let operands = operands(line)
        // A command that wants nothing else has its options to offer.
        return operand == nil && operands == Candidates() ? options(line, "--") : operands
    }

    private func operands(_ line: OpenCommandLine) -> Candidates {
        guard let operand else { return Candidates() }
        return Candidates(OperandForms(operand, choices: choices)[line.operandCount])
    }

    /// The values of an option that is written in one word with the beginning of its value.
    private func attachedValue(_ word: String) -> Candidates? {
        guard let written = try? allOptions.written(in: word), let value = written.attached
        else { return nil }
        let flag = String(word.dropLast(value.count))
        let candidates = Candidates(written.option.form, behind: flag)
        // A shell finds the beginning of a file's name behind the sign only.
        return flag.hasSuffix("=") || candidates.files == nil ? candidates : Candidates()
    }

    private func options(_ line: OpenCommandLine, _ word: String) -> Candidates {
        let open = allOptions.filter(line.takes)
        let names = open.flatMap { option in
            option.spellings(for: word).map { Candidates.Word(text: $0, help: option.help) }
        }
        return Candidates(words: names)
    }
}

extension Option {
    var form: ValueForm { value.map { ValueForm($0) } ?? .other }

    /// How an option may be written whose word begins like this.
    fileprivate func spellings(for word: String) -> [String] {
        let long = "--\(name)"
        if word.hasPrefix("--") { return [long] }
        let short = letter.map { "-\($0)" } ?? (takesOneDash ? "-\(name)" : nil)
        return [short, long].compactMap(\.self)
    }
}
