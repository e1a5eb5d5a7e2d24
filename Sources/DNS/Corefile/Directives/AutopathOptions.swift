/// `autopath`: the names that a resolver would try one after the other are tried for it.
package struct AutopathOptions: Hashable, Sendable {
    package enum Source: Hashable, Sendable {
        /// The search list of the pod that asks.
        case kubernetes
        case resolverFile(String)
    }

    package var zones: [DomainName]
    package var source: Source
    let place: CorefilePlace

    init(_ directive: Directive, _ context: BlockContext) throws(CorefileError) {
        try directive.checkForNoBlock()
        let values = try directive.atLeastOne("autopath [ZONE …] @kubernetes|FILE")
        zones = try directive.zones(values.dropLast(), or: context)
        place = directive.place
        let last = values[values.endIndex - 1]
        if last.text == "@kubernetes" {
            source = .kubernetes
        } else if last.text.hasPrefix("@") {
            throw directive.unsuitable(
                last, "write @kubernetes, or a file such as /etc/resolv.conf")
        } else {
            source = .resolverFile(try directive.path(last, context))
        }
    }
}
