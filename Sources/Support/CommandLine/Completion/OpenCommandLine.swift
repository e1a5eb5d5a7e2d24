/// Where a command line stands whose last word is still to be written.
struct OpenCommandLine: Hashable, Sendable {
    /// The option whose value is next.
    private(set) var awaiting: Option?
    private(set) var operandCount = 0
    /// Whether all that follows are operands.
    private(set) var isPastOptions = false
    private var given: Set<Option> = []

    init(_ words: some Sequence<String>, options: [Option]) {
        for word in words { take(word, options) }
    }

    private mutating func take(_ word: String, _ options: [Option]) {
        if awaiting != nil {
            awaiting = nil
        } else if word == "--", !isPastOptions {
            isPastOptions = true
        } else {
            note(word, options)
        }
    }

    private mutating func note(_ word: String, _ options: [Option]) {
        do throws(UsageError) {
            guard !isPastOptions, let written = try options.written(in: word) else {
                return operandCount += 1
            }
            given.insert(written.option)
            if written.wantsValue { awaiting = written.option }
        } catch {
            // What is wrong with a word is for the command to say.
        }
    }

    /// Whether there is a use in writing the option.
    func takes(_ option: Option) -> Bool { option.isList || !given.contains(option) }
}
