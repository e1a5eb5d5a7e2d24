package import Network

/// `transfer`: who may copy whole zones.
package struct TransferOptions: Hashable, Sendable {
    package enum Client: Hashable, Sendable {
        case anyone
        case server(AddressAndPort)
    }

    package var zones: [DomainName]
    package var clients: [Client] = []

    init(_ directive: Directive, _ context: BlockContext) throws(CorefileError) {
        zones = try directive.zones(directive.values, or: context)
        for option in try directive.options() {
            guard option.name == "to" else {
                throw option.unknownOption(
                    ["to"], refused: ["from": "no zone is copied from elsewhere: remove it"])
            }
            for word in try option.atLeastOne("to ADDRESS|* …") {
                clients.append(word.text == "*" ? .anyone : .server(try Self.server(word, option)))
            }
        }
        if clients.isEmpty { throw directive.wrong("names nobody", "write to ADDRESS or to *") }
    }

    private static func server(
        _ word: Word, _ option: Directive
    ) throws(CorefileError) -> AddressAndPort {
        if let server = AddressAndPort(word.text) { return server }
        return AddressAndPort(try option.address(word), ServerKey.Scheme.dns.standardPort)
    }
}
