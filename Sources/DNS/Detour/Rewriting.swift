/// A question that rules change, and what undoes that in the reply.
struct Rewriting {
    private(set) var question: Message.Question
    /// For each rule that was followed; the first has to be undone last.
    private var undone: [[ReplyChange]] = []

    /// Nil if a rule makes of the name what is none.
    init?(_ question: Message.Question, by rules: [RewriteRule]) {
        self.question = question
        for rule in rules {
            switch follow(rule.change) {
            case .nothing: continue
            case .noName: return nil
            case .changes(let changes): undone.append(changes)
            }
            if !rule.continues { break }
        }
    }

    var changes: [ReplyChange] { undone.reversed().flatMap(\.self) }

    private enum Outcome {
        /// The rule is not for this question.
        case nothing
        case noName
        /// The rule is followed, and this is to be done to the reply.
        case changes([ReplyChange])
    }

    private mutating func follow(_ change: RewriteRule.Change) -> Outcome {
        switch change {
        case .name(let match, let answers): return rename(match, answers)
        case .type(let from, let to):
            guard question.type == from else { return .nothing }
            question.type = to
            return .changes([])
        case .recordClass(let from, let to):
            guard question.recordClass == from else { return .nothing }
            question.recordClass = to
            return .changes([.recordClass(from: to, to: from)])
        case .ttl(let match, let range):
            return match.matches(question.name) ? .changes([.ttl(range)]) : .nothing
        case .responseCode(let match, let from, let to):
            guard match.matches(question.name) else { return .nothing }
            return .changes([.responseCode(from: from, to: to)])
        }
    }

    private mutating func rename(
        _ match: NameMatch, _ answers: [RewriteRule.AnswerChange]
    ) -> Outcome {
        guard let text = match.rewritten(question.name) else { return .nothing }
        guard let name = try? DomainName(presentation: text) else { return .noName }
        let asked = question.name
        question.name = name
        return .changes(answers.flatMap { Self.changes($0, match, asked, name) })
    }

    private static func changes(
        _ answer: RewriteRule.AnswerChange, _ match: NameMatch, _ asked: DomainName,
        _ name: DomainName
    ) -> [ReplyChange] {
        switch answer {
        case .name(let pattern, let template): return [.owners(.pattern(pattern, template))]
        case .value(let pattern, let template): return [.values(.pattern(pattern, template))]
        case .auto:
            var changes = [NameChange.equal(name, to: asked)]
            // What lies beside the name has the same end, and gets the other one, too.
            if case .suffix(let suffix) = match.kind {
                let back = NameMatch(
                    kind: .suffix(match.replacement.text), replacement: PatternTemplate(suffix))
                changes.append(.matching(back))
            }
            return changes.flatMap { [.owners($0), .values($0)] }
        }
    }
}
