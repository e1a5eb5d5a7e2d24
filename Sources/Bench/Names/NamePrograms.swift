/// The servers that are measured.
struct NamePrograms {
    let servers: [any NameServer]

    private typealias Make = @Sendable (String) -> any NameServer

    private static let known: [(name: String, program: String, make: Make)] = [
        ("knot", "knotd", { Knot(path: $0) }), ("nsd", "nsd", { NSD(path: $0) }),
        ("unbound", "unbound", { Unbound(path: $0) }),
        ("dnsmasq", "dnsmasq", { Dnsmasq(path: $0) }),
        ("coredns", "coredns", { CoreDNS(path: $0) }),
    ]

    static var names: [String] { known.map(\.name) }

    /// Those that are installed or given; a reader is told of the others.
    init(_ settings: NameSettings, _ observer: Observer) throws {
        var servers: [any NameServer] = [WeftNames(path: settings.weft)]
        for (name, program, make) in Self.known {
            if let path = settings.peers[name] ?? Installed.path(of: program) {
                servers.append(make(path))
            } else {
                try observer.tell(.note("\(program) is not installed, and so not measured"))
            }
        }
        self.servers = servers
    }
}
