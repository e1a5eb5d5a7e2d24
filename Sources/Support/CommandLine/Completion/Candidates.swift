/// What may stand in the place of a command line's last word.
struct Candidates: Hashable, Sendable {
    struct Word: Hashable, Sendable {
        let text: String
        let help: String
    }

    /// Names of files that may stand there too.
    enum Files: String, Hashable, Sendable {
        case all = "file"
        case directories = "directory"
    }

    var words: [Word] = []
    var files: Files?
}

extension Candidates {
    /// Those of the form, each behind what stands before the value in its word.
    init(_ form: ValueForm, behind text: String = "") {
        switch form {
        case .words(let values):
            words = values.map { Word(text: "\(text)\($0)", help: "") }
        case .files: files = .all
        case .directories: files = .directories
        case .other: break
        }
    }

    /// The candidates that a begun word can still become; files are for the shell to look at.
    func beginning(with text: String) -> Candidates {
        var fitting = self
        fitting.words = words.filter { $0.text.hasPrefix(text) }
        return fitting
    }

    /// A line for each, its help behind a tab; a line that begins with a tab says which files.
    var text: String {
        words.map { "\($0.text)\t\($0.help)\n" }.joined()
            + (files.map { "\t\($0.rawValue)\n" } ?? "")
    }
}
