import Netlink
import Network
import Platform
import TestSupport
import Testing

@Suite(.requiresRoot) struct `Connection tracking` {
    @Test(arguments: ConntrackEntry.examples)
    func `a connection is read back as it was written`(entry: ConntrackEntry) throws {
        try withLab { lab in
            let host = try lab.host("host")
            var conntrack = try ConntrackSocket(in: host.namespace)
            try conntrack.run(.create(entry))
            let listed = try conntrack.connections()
            #expect(listed.map(\.written) == [entry])
            let found = try #require(
                try conntrack.find(.connection(entry.original, zone: entry.zone)))
            #expect(found.written == entry && found.id == listed[0].id)
            let family = entry.original.family == .v4 ? "ipv4" : "ipv6"
            let shown = try host.command("conntrack", ["-L", "-f", family])
            #expect(
                shown.contains("src=\(entry.original.source) dst=\(entry.original.destination)"))
            #expect(shown.contains("\(entry.original.transport.rawValue)"))

            let taken = #expect(throws: NetlinkError.self) { try conntrack.run(.create(entry)) }
            #expect(taken?.errno == .exists)
            #expect(try conntrack.delete(listed) == 1)
            #expect(try conntrack.delete(listed) == 0)
            #expect(try conntrack.connections().isEmpty)
            #expect(try conntrack.find(.connection(entry.original)) == nil)
        }
    }

    @Test(arguments: ConntrackFilter.examples)
    func `a filter chooses exactly what matches`(filter: ConntrackFilter) throws {
        try withLab { lab in
            var conntrack = try ConntrackSocket(in: lab.host("host").namespace)
            try conntrack.run(ConntrackEntry.examples.map(Request.create))
            let expected = ConntrackEntry.examples.filter(filter.matches)
            #expect(!expected.isEmpty && expected.count < ConntrackEntry.examples.count)
            #expect(Set(try conntrack.connections(filter).map(\.written)) == Set(expected))
            #expect(try conntrack.delete(filter) == expected.count)
            let left = ConntrackEntry.examples.filter { !filter.matches($0) }
            #expect(Set(try conntrack.connections().map(\.written)) == Set(left))
        }
    }

    @Test func `another connection between the same ends is left alone`() throws {
        try withLab { lab in
            var conntrack = try ConntrackSocket(in: lab.host("host").namespace)
            let entry = ConntrackEntry.examples[0]
            try conntrack.run(.create(entry))
            let earlier = try conntrack.connections()
            try conntrack.run(.deleteConnections)
            #expect(try conntrack.connections().isEmpty)
            try conntrack.run(.create(entry))
            let later = try conntrack.connections()
            // The number is the entry's address in memory, hashed: it may come again.
            guard earlier[0].id != later[0].id else { return }
            #expect(try conntrack.delete(earlier) == 0)
            #expect(try conntrack.connections().map(\.id) == later.map(\.id))
        }
    }

    @Test func `thousands are listed and deleted`() throws {
        try withLab { lab in
            var conntrack = try ConntrackSocket(in: lab.host("host").namespace)
            let server = AddressAndPort("10.0.0.1", 53)
            let entries = (1...5000).map { port in
                ConntrackEntry(
                    ConntrackTuple(
                        .udp, from: AddressAndPort("10.0.0.2", Port(UInt16(port))),
                        to: server), timeout: 100)
            }
            try conntrack.run(entries.map(Request.create))
            let usage = try #require(try conntrack.find(.conntrackUsage))
            #expect(usage.entries >= 5000)
            let wanted = ConntrackFilter(original: .init(.udp, to: server.address))
            #expect(try conntrack.connections(wanted).count == 5000)
            #expect(try conntrack.delete(wanted) == 5000)
            #expect(try conntrack.connections().isEmpty)
        }
    }

    @Test func `changes are told`() throws {
        try withLab { lab in
            let host = try lab.host("host")
            var monitor = try Monitor<ConntrackEvent>(
                .created, .updated, .destroyed, in: host.namespace)
            var conntrack = try ConntrackSocket(in: host.namespace)
            let entry = ConntrackEntry.examples[0]
            try conntrack.run(.create(entry))
            let created = try monitor.drain()
            guard case .created(let seen)? = created.first else { throw LabError("\(created)") }
            #expect(seen.original == entry.original && seen.reply == entry.reply)
            var marked = entry
            marked.mark = 77
            try conntrack.run(.update(marked))
            #expect(try conntrack.connections().map(\.mark) == [77])
            let updated = try monitor.drain()
            #expect(
                updated.contains { if case .updated(let it) = $0 { it.mark == 77 } else { false } })
            #expect(try conntrack.delete(ConntrackFilter()) == 1)
            let gone = try monitor.drain()
            #expect(
                gone.contains {
                    if case .destroyed(let it) = $0 { it.original == entry.original } else { false }
                })
        }
    }
}

extension ConntrackEntry {
    /// The entry without what only the kernel knows.
    fileprivate var written: ConntrackEntry {
        // The kernel counts the seconds down, and marks what it knows of.
        let kept: ConntrackStatus = [
            .seenReply, .assured, .destinationTranslated, .sourceTranslated,
        ]
        return ConntrackEntry(
            original, reply: reply, status: status.intersection(kept), mark: mark, zone: zone,
            timeout: timeout > 90 ? 100 : timeout, tcpState: tcpState)
    }
}
