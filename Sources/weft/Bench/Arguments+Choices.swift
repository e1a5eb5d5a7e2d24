import Support

extension Arguments {
    /// The words of a list of an option, each one of those that are known; nil if it is not given.
    func choices<Choice>(
        _ name: String, of known: [Choice], by word: (Choice) -> String
    ) throws(UsageError) -> [Choice]? {
        guard let text = text(name) else { return nil }
        var chosen: [Choice] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            guard let choice = known.first(where: { word($0) == part }) else {
                throw .unknown("word of --\(name)", String(part), among: known.map(word))
            }
            chosen.append(choice)
        }
        return chosen
    }

    func choices<Choice: RawRepresentable<String> & CaseIterable>(
        _ name: String, of type: Choice.Type
    ) throws(UsageError) -> [Choice]? {
        try choices(name, of: Array(Choice.allCases), by: \.rawValue)
    }

    /// The whole numbers of a list of an option, in their order; nil if it is not given.
    func numbers(_ name: String, in range: ClosedRange<Int>) throws(UsageError) -> [Int]? {
        guard let text = text(name) else { return nil }
        var numbers: [Int] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            guard let number = Int(part), range.contains(number) else {
                throw UsageError(
                    "--\(name) must be whole numbers from \(range.lowerBound) to "
                        + "\(range.upperBound) with commas between, not '\(text)'")
            }
            numbers.append(number)
        }
        return numbers
    }
}
