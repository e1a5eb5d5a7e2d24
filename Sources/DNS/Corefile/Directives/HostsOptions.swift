package import Network

/// `hosts`: names and addresses of a file in the form of /etc/hosts, and of lines beside it.
package struct HostsOptions: Hashable, Sendable {
    package struct Entry: Hashable, Sendable {
        package var address: IPAddress
        package var names: [DomainName]
    }

    package var file = "/etc/hosts"
    package var zones: [DomainName]
    /// These count before those of the file.
    package var entries: [Entry] = []
    package var ttl: UInt32 = 3600
    /// Whether addresses lead to names too.
    package var isReversed = true
    /// How often the file is looked at; zero for once.
    package var reload: Duration = .seconds(5)
    package var passesOn: Fallthrough?
}

extension HostsOptions {
    init(_ directive: Directive, _ context: BlockContext) throws(CorefileError) {
        if let word = directive.values.first { file = try directive.path(word, context) }
        zones = try directive.zones(directive.values.dropFirst(), or: context)
        for option in try directive.options() { try take(option) }
    }

    private mutating func take(_ option: Directive) throws(CorefileError) {
        switch option.name {
        case "ttl":
            ttl = UInt32(try option.number(option.value("ttl SECONDS"), in: 1...65535))
        case "no_reverse": isReversed = try !option.flag()
        case "reload": reload = try option.duration(option.value("reload DURATION"))
        case "fallthrough": passesOn = try Fallthrough(option)
        default:
            guard let address = IPAddress(option.name) else {
                throw option.unknownOption([
                    "ttl", "no_reverse", "reload", "fallthrough", "ADDRESS NAME …",
                ])
            }
            var names: [DomainName] = []
            for word in option.values { names.append(try option.domain(word)) }
            guard !names.isEmpty else {
                throw option.wrong("\(quoted(option.name)) has no name", "write ADDRESS NAME …")
            }
            entries.append(Entry(address: address, names: names))
        }
    }
}
