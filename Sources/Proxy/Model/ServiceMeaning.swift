/// What a service means on this node, in one address family.
package struct ServiceMeaning: Hashable, Sendable {
    package var ports: [PortMeaning] = []
    /// The port of the node that tells whether it has backends for the service (S27); 0 for none.
    package var healthCheckPort: UInt16 = 0
    /// How many backends it tells: the addresses of ready endpoints on this node (S123).
    package var localEndpoints = 0
    /// What of the service or its slices cannot be used, and why.
    package var complaints: [Complaint] = []

    package init() {}
}

/// Something in an object that is left out, in words for whoever wrote it.
package struct Complaint: Hashable, Sendable {
    /// "Service default/web" or "EndpointSlice default/web-x7k2p".
    package let subject: String
    package let text: String

    package init(_ subject: String, _ text: String) {
        self.subject = subject
        self.text = text
    }
}
