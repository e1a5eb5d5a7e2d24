import Network
import Testing

@testable import DNS

@Suite struct FileTransferTests {
    private static let text = """
        $TTL 60
        @ SOA ns hostmaster 7 3600 600 86400 30
        @ NS ns
        ns A 192.0.2.53
        *.wild TXT "any"
        a.b.c A 192.0.2.1
        child NS ns.child
        ns.child A 192.0.2.2
        alias CNAME www.example.net.
        """

    private let files = ChangingFiles(["/zone": Self.text, "/sub": Self.text])

    private func copy(
        _ zone: String, knowing serial: UInt32? = nil, _ lines: String = "file /zone z.test"
    ) throws -> CopiedZone {
        let options = try block("\(lines)\ntransfer {\nto *\n}")
        let cluster = try SmallCluster()
        var detour = Detour.Parts()
        detour.files = try ZoneFiles(options.files, files.surroundings)
        var parts = ServedBlock.Parts()
        parts.detour = Detour(detour)
        parts.transfers = ZoneTransfers(options.transfers, of: nil)
        var server = try AskedServer(parts, readers: cluster.epochs)
        var copy = CopiedZone()
        switch try server.ask(try Message.copying(zone, knowing: serial).encoded(), by: .tcp) {
        case .reply(let message): try copy.take(message.encoded())
        case .transfer(let first, let transfer):
            for octets in first { try copy.take(octets) }
            try copy.take(rest: transfer)
        default: Issue.record("there is no reply")
        }
        return copy
    }

    @Test func `a file's zone is copied whole, with its SOA record at both ends`() throws {
        let copy = try copy("Z.test")
        #expect(copy.isWhole)
        #expect(
            copy.records.first?.line.hasSuffix("hostmaster.z.test. 7 3600 600 86400 30") == true)
        // As it is in the file, and not as in denials.
        #expect(copy.records.first?.ttl == 60)
        #expect(
            copy.texts == [
                "*.wild.z.test. 60 TXT \"any\"", "a.b.c.z.test. 60 A 192.0.2.1",
                "alias.z.test. 60 CNAME www.example.net.", "child.z.test. 60 NS ns.child.z.test.",
                "ns.child.z.test. 60 A 192.0.2.2", "ns.z.test. 60 A 192.0.2.53",
                "z.test. 60 NS ns.z.test.",
            ])
    }

    @Test(arguments: [(6 as UInt32, true), (7, false), (8, false), (2_147_483_655, true)])
    func `RFC 1982 a serial is compared as one`(_ known: UInt32, _ isOld: Bool) throws {
        #expect(try copy("z.test", knowing: known).isWhole == isOld)
    }

    @Test func `a name within a zone is none`() throws {
        #expect(try copy("ns.z.test").code == .notAuthoritative)
        let both = "file /zone z.test\nfile /sub sub.z.test"
        #expect(try copy("sub.z.test", both).texts.contains("sub.z.test. 60 NS ns.sub.z.test."))
    }

    @Test func `a copy shows the file as it was when it began`() throws {
        let text = "@ 60 SOA ns hostmaster 7 3600 600 86400 30\n"
        let lines = (0..<2_000).map { "host-\($0) A 192.0.2.\($0 % 256)\n" }
        files.set("/zone", text + lines.joined())
        let copy = try copy("z.test")
        #expect(copy.isWhole && copy.texts.count == 2_000 && copy.messages.count > 2)
        #expect(copy.messages.allSatisfy { $0.encoded().count <= 16 << 10 })
    }
}
