/// Finds the word that somebody meant.
enum Spelling {
    /// The word that a few typing mistakes lead from; nil when no word is near.
    static func nearest(to text: String, among words: [String]) -> String? {
        let text = Array(text.lowercased().utf8.prefix(longest))
        // Short words are near to anything.
        let limit = text.count < 4 ? 1 : 2
        return words.map { (word: $0, distance: distance(text, Array($0.utf8))) }
            .filter { $0.distance <= limit }.min { $0.distance < $1.distance }?.word
    }

    private static let longest = 64

    /// How many bytes are to be put in, left out or replaced (Levenshtein).
    private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var row = Array(0...right.count)
        for (index, byte) in left.enumerated() {
            var diagonal = row[0]
            row[0] = index + 1
            for (column, other) in right.enumerated() {
                let replaced = diagonal + (byte == other ? 0 : 1)
                diagonal = row[column + 1]
                row[column + 1] = min(replaced, diagonal + 1, row[column] + 1)
            }
        }
        return row[right.count]
    }
}
