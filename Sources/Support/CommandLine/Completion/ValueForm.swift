/// What a value's name in a usage line says about the value: `FILE`, `DIR`, `text|json`.
enum ValueForm: Hashable, Sendable {
    case words([String])
    case files
    case directories
    case other
}

extension ValueForm {
    init(_ name: String) {
        let words = name.split(separator: "|").map(String.init)
        if !words.isEmpty, words.allSatisfy(Self.isLiteral) {
            self = .words(words)
        } else {
            self =
                switch name {
                case "FILE": .files
                case "DIR": .directories
                default: .other
                }
        }
    }

    /// Words in capitals stand for something else.
    private static func isLiteral(_ word: String) -> Bool {
        !word.isEmpty && !word.contains { $0.isUppercase }
    }
}

/// The operands of a command, as its usage line names them: `RESOURCE [NAME...]`.
struct OperandForms: Hashable, Sendable {
    private var forms: [ValueForm] = []
    /// Whether the last may be there several times.
    private var goesOn = false

    init(_ usage: String, choices: [String]) {
        for name in usage.split(separator: " ") {
            let bare = name.drop { $0 == "[" }.prefix { $0 != "." && $0 != "]" }
            forms.append(ValueForm(String(bare)))
            goesOn = name.contains("...")
        }
        if !choices.isEmpty, !forms.isEmpty { forms[0] = .words(choices) }
    }

    subscript(index: Int) -> ValueForm {
        if index < forms.count { return forms[index] }
        return goesOn ? forms.last ?? .other : .other
    }
}
