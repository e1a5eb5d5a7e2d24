package import Network

/// Where a service's traffic can go: a pod, mostly.
package struct Endpoint: Message, EmptyInitializable {
    /// Never empty in a list of endpoints; traffic goes to the first, names lead to all.
    package var addresses: [IPAddress] = []
    package var conditions = EndpointConditions()
    /// Gives the endpoint a name of its own below the service's.
    package var hostname = ""
    package var target = EndpointTarget()
    package var nodeName = ""
    package var zone = ""
    package var hints = EndpointHints()

    package init() {}

    package mutating func code<Fields: FieldCoder & ~Copyable & ~Escapable>(
        _ fields: inout Fields
    ) throws(ObjectError) {
        try fields.field(1, "addresses", &addresses)
        try fields.field(2, "conditions", &conditions)
        try fields.field(3, "hostname", &hostname)
        try fields.field(4, "targetRef", &target)
        try fields.field(6, "nodeName", &nodeName)
        try fields.field(7, "zone", &zone)
        try fields.field(8, "hints", &hints)
    }
}

/// What is known of an endpoint's state; nil where the API says nothing.
package struct EndpointConditions: Message {
    package var ready: Bool?
    package var serving: Bool?
    package var terminating: Bool?

    package init() {}

    package init(ready: Bool?, serving: Bool?, terminating: Bool?) {
        self.ready = ready
        self.serving = serving
        self.terminating = terminating
    }

    package mutating func code<Fields: FieldCoder & ~Copyable & ~Escapable>(
        _ fields: inout Fields
    ) throws(ObjectError) {
        try fields.field(1, "ready", &ready)
        try fields.field(2, "serving", &serving)
        try fields.field(3, "terminating", &terminating)
    }
}

extension EndpointConditions {
    /// What is not told counts as ready (the API's own rule).
    package var isReady: Bool { ready ?? true }
    /// Without a word of its own, serving is the same as ready.
    package var isServing: Bool { serving ?? isReady }
    package var isTerminating: Bool { terminating ?? false }
}

/// The pod behind an endpoint; other kinds of targets are not kept.
package struct EndpointTarget: Message {
    private var kind = ""
    package var name = ""

    package init() {}

    package init(pod name: String) {
        self.name = name
        kind = name.isEmpty ? "" : Self.pod
    }

    package mutating func code<Fields: FieldCoder & ~Copyable & ~Escapable>(
        _ fields: inout Fields
    ) throws(ObjectError) {
        try fields.field(1, "kind", &kind)
        try fields.field(3, "name", &name)
    }

    package mutating func settle() throws(ObjectError) {
        if kind != Self.pod || name.isEmpty { self = EndpointTarget() }
    }

    private static let pod = "Pod"
}

/// For whom an endpoint is meant, when there are enough of them.
package struct EndpointHints: Message {
    package var forZones: [Hint] = []
    package var forNodes: [Hint] = []

    package init() {}

    package mutating func code<Fields: FieldCoder & ~Copyable & ~Escapable>(
        _ fields: inout Fields
    ) throws(ObjectError) {
        try fields.field(1, "forZones", &forZones)
        try fields.field(2, "forNodes", &forNodes)
    }
}

extension EndpointHints {
    package struct Hint: Message, EmptyInitializable {
        package var name = ""

        package init() {}

        package mutating func code<Fields: FieldCoder & ~Copyable & ~Escapable>(
            _ fields: inout Fields
        ) throws(ObjectError) {
            try fields.field(1, "name", &name)
        }
    }
}
