/// The zones in which a question without an answer goes on to what comes next.
package struct Fallthrough: Hashable, Sendable {
    package var zones: [DomainName]

    /// Without a zone, all of them are meant.
    init(_ option: Directive) throws(CorefileError) {
        zones = try option.values.isEmpty ? [.root] : option.zones(option.values)
    }

    package func contains(_ name: DomainName) -> Bool { zones.contains { name.isWithin($0) } }
}
