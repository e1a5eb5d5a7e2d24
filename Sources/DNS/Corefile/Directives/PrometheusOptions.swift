import Network

/// `prometheus`: an endpoint for metrics.
package struct PrometheusOptions: Hashable, Sendable {
    package var listener: ListenerAddress

    init(_ directive: Directive) throws(CorefileError) {
        try directive.checkForNoBlock()
        let standard = ListenerAddress(.v4(IPv4Address(127, 0, 0, 1)), 9153)
        listener = try ListenerAddress(directive, standard: standard)
    }
}
