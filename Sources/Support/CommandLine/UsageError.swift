/// A command line that cannot be carried out, with what would be right.
package struct UsageError: Error, Hashable, Sendable {
    package let message: String

    package init(_ message: String) { self.message = message }
}

extension UsageError {
    /// An error about a word that is not one of the known ones, with the nearest of them.
    package static func unknown(
        _ kind: String, _ word: String, among known: [String]
    ) -> UsageError {
        guard let nearest = nearest(to: word, among: known) else {
            return UsageError("unknown \(kind) '\(word)'")
        }
        return UsageError("unknown \(kind) '\(word)': did you mean '\(nearest)'?")
    }

    /// More than two slips of the finger make another word.
    private static let furthestSlip = 2

    private static func nearest(to word: String, among known: [String]) -> String? {
        known.map { (candidate: $0, distance: editDistance(from: word, to: $0)) }
            .filter { $0.distance <= furthestSlip && $0.distance < $0.candidate.count / 2 + 1 }
            .min { $0.distance < $1.distance }?.candidate
    }
}

/// The number of letters to insert, delete or replace to make one word of the other.
private func editDistance(from one: String, to other: String) -> Int {
    let letters = Array(other)
    var row = Array(0...letters.count)
    for letter in one {
        var diagonal = row[0]
        row[0] += 1
        for column in letters.indices {
            let replaced = diagonal + (letters[column] == letter ? 0 : 1)
            diagonal = row[column + 1]
            row[column + 1] = min(replaced, diagonal + 1, row[column] + 1)
        }
    }
    return row[letters.count]
}
