import Network

/// `health`: an endpoint that answers as long as the process lives.
package struct HealthOptions: Hashable, Sendable {
    package var listener: ListenerAddress
    /// How long questions are still answered after the process was told to end.
    package var lameduck: Duration = .zero

    init(_ directive: Directive) throws(CorefileError) {
        listener = try ListenerAddress(directive, standard: ListenerAddress(nil, 8080))
        for option in try directive.options() {
            switch option.name {
            case "lameduck":
                lameduck = try option.duration(option.value("lameduck DURATION"))
            default: throw option.unknownOption(["lameduck"])
            }
        }
    }
}
