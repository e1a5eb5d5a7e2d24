import Network

/// `ready`: an endpoint that answers 200 when every part can answer questions.
package struct ReadyOptions: Hashable, Sendable {
    package var listener: ListenerAddress
    /// Whether a part that was ready once is asked again.
    package var isContinuous = false

    init(_ directive: Directive) throws(CorefileError) {
        listener = try ListenerAddress(directive, standard: ListenerAddress(nil, 8181))
        for option in try directive.options() {
            switch option.name {
            case "monitor":
                isContinuous = try option.choice(
                    option.value("monitor until-ready|continuously"),
                    ["until-ready": false, "continuously": true])
            default: throw option.unknownOption(["monitor"])
            }
        }
    }
}
