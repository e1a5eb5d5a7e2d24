import TestSupport
import Testing

/// With kubeadm's Corefile as it is.
@Suite(.requiresRoot) struct `The C library's resolver` {
    /// Every name a pod may use, and the addresses it has.
    private static let names: [(name: String, addresses: Set<String>)] = [
        ("web", ["10.96.0.1", "fd00:96::1"]),
        ("web.shop", ["10.96.0.1", "fd00:96::1"]),
        ("web.shop.svc", ["10.96.0.1", "fd00:96::1"]),
        ("web.shop.svc.cluster.local", ["10.96.0.1", "fd00:96::1"]),
        ("WEB.shop.svc.cluster.local.", ["10.96.0.1", "fd00:96::1"]),
        ("db", ["10.1.0.1", "10.1.0.2", "fd00:1::1"]),
        ("db-0.db", ["10.1.0.1", "fd00:1::1"]),
        ("db-1.db.shop", ["10.1.0.2"]),
        ("10-1-0-1.shop.pod", ["10.1.0.1"]),
        ("same", ["10.96.0.1", "fd00:96::1"]),
        ("mail", ["192.0.2.80"]),
        ("www.shop.svc.example.test", ["192.0.2.80"]),
        ("www.shop.svc.example.test.", ["192.0.2.80"]),
        ("none", ["status"]), ("web.none", ["status"]), ("db-2.db", ["status"]),
        ("gone", ["status"]), ("none.shop.svc.example.test", ["status"]),
    ]

    @Test func `D90 finds what names lead to, and nothing for those that do not exist`() throws {
        try withLab { lab in
            let resolver = try ResolverLab(lab)
            for (name, addresses) in Self.names {
                #expect(try resolver.addresses(name) == addresses, "\(name)")
            }
        }
    }

    @Test func `RFC 1123 gets more addresses than a datagram holds by TCP`() throws {
        try withLab { lab in
            let resolver = try ResolverLab(lab)
            #expect(try resolver.addresses("crowd") == Set((1...100).map { "10.1.1.\($0)" }))
            let outside = try resolver.addresses("crowd.shop.svc.example.test")
            #expect(outside == Set((101...200).map { "192.0.2.\($0)" }))
        }
    }

    @Test(arguments: [
        ("10.96.0.1", "web.shop.svc.cluster.local"), ("fd00:96::1", "web.shop.svc.cluster.local"),
        ("10.1.0.2", "db-1.db.shop.svc.cluster.local"),
        ("fd00:1::1", "db-0.db.shop.svc.cluster.local"),
        ("192.0.2.80", "www.shop.svc.example.test"),
    ]) func `finds what addresses are called, here and outside`(address: String, name: String)
        throws
    {
        try withLab { lab in
            let resolver = try ResolverLab(lab)
            #expect(try resolver.names(address) == [address, name])
        }
    }

    @Test(arguments: ["10.1.0.3", "192.0.2.81"])
    func `is told that an address has no name`(address: String) throws {
        try withLab { lab in
            let resolver = try ResolverLab(lab)
            #expect(try resolver.names(address) == ["status", "2"])
        }
    }
}
