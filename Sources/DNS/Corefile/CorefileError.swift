/// What is wrong in a Corefile: where it stands, and what would be right.
package struct CorefileError: Error, Hashable, Sendable {
    package let place: CorefilePlace
    /// Whose text it is; empty where no directive is to blame.
    package let directive: String
    package let problem: String
    package let advice: String

    package init(
        _ place: CorefilePlace, in directive: String = "", _ problem: String, _ advice: String
    ) {
        self.place = place
        self.directive = directive
        self.problem = problem
        self.advice = advice
    }
}

extension CorefileError: CustomStringConvertible {
    package var description: String {
        ["\(place)", directive, problem, advice].filter { !$0.isEmpty }.joined(separator: ": ")
    }
}

/// A line of a file.
package struct CorefilePlace: Hashable, Sendable {
    package let file: String
    package let line: Int

    package init(file: String, line: Int) {
        self.file = file
        self.line = line
    }
}

extension CorefilePlace: CustomStringConvertible {
    package var description: String { "\(file):\(line)" }
}
