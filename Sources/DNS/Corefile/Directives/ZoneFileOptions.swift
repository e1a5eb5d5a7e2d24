/// `file`: zones that a file in the form of RFC 1035 holds.
package struct ZoneFileOptions: Hashable, Sendable {
    package var file: String
    package var zones: [DomainName]
    /// How often the file is looked at; zero for once.
    package var reload: Duration = .seconds(60)
    package var passesOn: Fallthrough?

    init(_ directive: Directive, _ context: BlockContext) throws(CorefileError) {
        let values = try directive.atLeastOne("file FILE [ZONE …]")
        file = try directive.path(values[values.startIndex], context)
        zones = try directive.zones(values.dropFirst(), or: context)
        for option in try directive.options() {
            switch option.name {
            case "reload": reload = try option.duration(option.value("reload DURATION"))
            case "fallthrough": passesOn = try Fallthrough(option)
            // Names outside of the zone go through this server anyway.
            case "upstream": break
            default: throw option.unknownOption(["reload", "fallthrough", "upstream"])
            }
        }
    }
}
