/// A line of a block, with what is between the braces behind it.
struct Directive: Hashable, Sendable {
    /// Whose it is: its own name, or that of the directive it is an option of.
    let owner: String
    /// Its name and its values.
    let words: [Word]
    /// Nil where there are no braces.
    let body: [Directive]?

    var name: String { words[0].text }
    var values: ArraySlice<Word> { words.dropFirst() }
    var place: CorefilePlace { words[0].place }
}

/// A block of a Corefile, before anybody has looked into its directives.
struct RawBlock: Hashable, Sendable {
    let keys: [Word]
    let directives: [Directive]
    var place: CorefilePlace { keys[0].place }
}
