/// `timeouts`: how long a connection over TCP or TLS may do nothing.
package struct TimeoutOptions: Hashable, Sendable {
    package var read: Duration = .seconds(3)
    package var write: Duration = .seconds(5)
    package var idle: Duration = .seconds(10)

    init(_ directive: Directive) throws(CorefileError) {
        _ = try directive.expect(0...0, "timeouts {")
        for option in try directive.options() {
            switch option.name {
            case "read": read = try Self.duration(option)
            case "write": write = try Self.duration(option)
            case "idle": idle = try Self.duration(option)
            default: throw option.unknownOption(["read", "write", "idle"])
            }
        }
        if directive.body?.isEmpty ?? true {
            throw directive.wrong("sets no timeout", "write read, write or idle DURATION")
        }
    }

    private static let shortest = Duration.seconds(1)
    private static let longest = Duration.seconds(86400)

    /// A number alone is one of seconds, here only.
    private static func duration(_ option: Directive) throws(CorefileError) -> Duration {
        let word = try option.value("\(option.name) DURATION")
        if let number = Int(word.text), (1...86400).contains(number) { return .seconds(number) }
        return try option.duration(word, in: shortest...longest)
    }
}
