/// Where an endpoint runs, and for whom it is meant because of that.
///
/// Endpoints on the same node mostly agree in all of it, whatever service they are of, so they
/// refer to one place.
package final class EndpointPlace: Sendable {
    /// Empty where nobody said, as the zone is.
    package let node: String
    package let zone: String
    package let hints: EndpointHints

    package init(node: String, zone: String = "", hints: EndpointHints = EndpointHints()) {
        self.node = node
        self.zone = zone
        self.hints = hints
    }
}

extension EndpointPlace: Hashable {
    package static func == (left: EndpointPlace, right: EndpointPlace) -> Bool {
        left === right
            || left.node == right.node && left.zone == right.zone && left.hints == right.hints
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(node)
        hasher.combine(zone)
        hasher.combine(hints)
    }
}
