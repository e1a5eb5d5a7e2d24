/// `reload`: the configuration is read anew when its files have changed.
package struct ReloadOptions: Hashable, Sendable {
    package var interval: Duration = .seconds(30)
    /// By how much an interval may be longer or shorter, at most half of it.
    package var jitter: Duration = .seconds(15)

    private static let shortest = Duration.seconds(2)

    init(_ directive: Directive) throws(CorefileError) {
        try directive.checkForNoBlock()
        let values = Array(try directive.expect(0...2, "reload [INTERVAL] [JITTER]"))
        let longest = Directive.longestDuration
        if !values.isEmpty {
            interval = try directive.duration(values[0], in: Self.shortest...longest)
        }
        if values.count > 1 {
            jitter = try directive.duration(values[1], in: .zero...longest)
        }
        jitter = min(jitter, interval / 2)
    }
}
