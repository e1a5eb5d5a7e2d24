/// What is wrong in the proxy's configuration: where it stands, and what would be right.
package struct ConfigurationError: Error, Hashable, Sendable {
    /// The file with the line where that is known; empty for the command line.
    package let place: String
    /// As people write it: "conntrack.min" or "--conntrack-min"; empty for the file as a whole.
    package let key: String
    package let problem: String
    package let remedy: String

    package init(_ place: String, key: String = "", _ problem: String, remedy: String) {
        self.place = place
        self.key = key
        self.problem = problem
        self.remedy = remedy
    }
}

extension ConfigurationError: CustomStringConvertible {
    package var description: String {
        let whole = [place, key, problem].filter { !$0.isEmpty }.joined(separator: ": ")
        return "\(whole); \(remedy)"
    }
}
