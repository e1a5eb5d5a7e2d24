extension StringProtocol {
    /// The text without spaces around it, if there are none within.
    var onlyWord: String? {
        let words = split(whereSeparator: \.isWhitespace)
        return words.count == 1 ? words.first.map { String($0) } : nil
    }
}
