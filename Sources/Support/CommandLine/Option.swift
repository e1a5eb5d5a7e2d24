/// A flag that a command declares, with what its help says about it.
package struct Option: Hashable, Sendable {
    /// The name without its two dashes.
    package let name: String
    /// The one letter after one dash that means the same.
    package let letter: Character?
    /// What the help calls the value; nil for a flag that is only given or not.
    package let value: String?
    /// What counts when the flag is not given.
    package let standard: String?
    /// What counts when the flag is given alone; a value must then be attached: `--name=value`.
    package let implied: String?
    /// Whether the values of a flag that is given several times make up a list, with commas between.
    package let isList: Bool
    /// Whether one dash before the name is enough, as for programs in Go.
    package let takesOneDash: Bool
    package let help: String

    package init(
        _ name: String, letter: Character? = nil, value: String? = nil, standard: String? = nil,
        implied: String? = nil, isList: Bool = false, takesOneDash: Bool = false,
        help: String
    ) {
        self.name = name
        self.letter = letter
        self.value = value
        self.standard = standard
        self.implied = implied
        self.isList = isList
        self.takesOneDash = takesOneDash
        self.help = help
    }

    /// Both columns of its line in the help.
    var row: (left: String, right: String) {
        (
            left: [letter.map { "-\($0), " }, "--\(name)", valueColumn]
                .compactMap(\.self).joined(),
            right: explanation
        )
    }

    /// Its help, with what counts when it is not given.
    var explanation: String { standard.map { "\(help) (default: \($0))" } ?? help }

    private var valueColumn: String? {
        value.map { implied == nil ? " \($0)" : "[=\($0)]" }
    }
}
