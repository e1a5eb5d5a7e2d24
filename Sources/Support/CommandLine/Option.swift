/// A flag that a command declares, with what its help says about it.
package struct Option: Hashable, Sendable {
    /// The name without its two dashes.
    package let name: String
    /// What the help calls the value; nil for a flag that is only given or not.
    package let value: String?
    /// What counts when the flag is not given.
    package let standard: String?
    package let help: String

    package init(
        _ name: String, value: String? = nil, standard: String? = nil, help: String
    ) {
        self.name = name
        self.value = value
        self.standard = standard
        self.help = help
    }

    /// Both columns of its line in the help.
    var row: (left: String, right: String) {
        (
            left: value.map { "--\(name) \($0)" } ?? "--\(name)",
            right: standard.map { "\(help) (default: \($0))" } ?? help
        )
    }
}
