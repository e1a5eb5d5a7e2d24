extension Tool {
    /// What the last of the words behind the program's name may become.
    func candidates(_ words: [String]) -> Candidates {
        guard let first = words.first else { return Candidates() }
        let rest = Array(words.dropFirst())
        if rest.isEmpty { return topics(others).beginning(with: first) }
        if first == "help" { return help(on: rest) }
        if let group = group(first) { return group.candidates(rest) }
        return (try? command(first))?.candidates(rest) ?? Candidates()
    }

    /// What `help` is asked about.
    private func help(on words: [String]) -> Candidates {
        if words.count == 1 { return topics([]).beginning(with: words[0]) }
        return group(words[0])?.candidates(["help"] + words.dropFirst()) ?? Candidates()
    }

    private func topics(_ others: [(left: String, right: String)]) -> Candidates {
        let rows = topicRows + others
        return Candidates(words: rows.map { Candidates.Word(text: $0.left, help: $0.right) })
    }

    /// What may be in a command's place and is none.
    private var others: [(left: String, right: String)] {
        let version = (try? command("version")).map { (left: "--version", right: $0.summary) }
        return [Self.helpRow, (left: "--help", right: Self.helpRow.right), version]
            .compactMap(\.self)
    }
}
