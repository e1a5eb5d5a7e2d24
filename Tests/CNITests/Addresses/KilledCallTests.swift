import Network
import Platform
import Testing

@testable import CNI

/// The states in which a killed call can leave the files; the order of its steps is told where
/// `LeaseStore` is.
@Suite("A call that was killed loses no address and gives none twice")
struct KilledCallTests {
    private static let small = #""type":"host-local","subnet":"10.1.0.0/30""#

    /// Nothing is lost of the one address, and nothing is left.
    private func checkWhole(_ network: TestNetwork) throws {
        try network.delete("a")
        #expect(try network.leases().isEmpty)
        #expect(try network.add("b") == ["10.1.0.2/30"])
        #expect(try network.record("a") == nil)
    }

    private func withKilled(_ body: (inout TestNetwork) throws -> Void) throws {
        try withNetwork(Self.small) { network throws in
            try body(&network)
            try checkWhole(network)
        }
        // Without DEL the runtime may repeat the ADD.
        try withNetwork(Self.small) { network throws in
            try body(&network)
            #expect(try network.add("a") == ["10.1.0.2/30"])
            #expect(failure { try network.add("b") }?.code == .noFreeAddress)
            try checkWhole(network)
        }
    }

    @Test("ADD, when the folders are made")
    func addFolders() throws {
        try withKilled { try Directory.create($0.folder.leases) }
        try withKilled {
            try Directory.create($0.folder.leases)
            try Directory.create($0.folder.index)
        }
    }

    @Test("ADD, when the record is written")
    func addRecord() throws {
        try withKilled { network throws in
            try network.add("x")
            try network.delete("x")
            try network.changeRecord("a") {
                $0.leases = [Lease(.v4(IPv4Address(10, 1, 0, 2)), set: 0)]
            }
        }
    }

    @Test("ADD, when the lease has no name yet, or has both")
    func addUnnamed() throws {
        for named in [false, true] {
            try withKilled { network throws in
                try network.add("a")
                let address = try #require(IPAddress("10.1.0.2"))
                try network.delete("a")
                let content = LeaseOwner(try network.call("a").attachment).fileContent
                _ = try File.create(network.folder.unnamedLease, with: content.span)
                guard named else { return }
                _ = try File.addName(
                    network.folder.lease(address), to: network.folder.unnamedLease)
            }
        }
    }

    @Test("ADD, when the lease is made and the order is not moved on")
    func addCursor() throws {
        try withKilled { network throws in
            try network.add("a")
            try File.remove(network.folder.cursor(0))
            try network.touch()
        }
    }

    @Test("ADD, when the cursor is half written")
    func addHalfCursor() throws {
        for cursor in ["", "10.1.0.254", "10.1.0.2.0.1", "fd00::2"] {
            try withKilled { network throws in
                try network.add("a")
                try network.write(cursor, to: "last_reserved_ip.0")
            }
        }
    }

    @Test("ADD, when a file has its temporary name")
    func addTemporary() throws {
        try withKilled { network throws in
            try network.add("a")
            let empty: [UInt8] = []
            for path in [network.folder.leases, network.folder.index] {
                try File.replace("\(path)/\(File.temporaryPrefix)1", with: empty.span)
            }
        }
    }

    @Test("DEL, when the address stands in the queue")
    func deleteQueue() throws {
        try withKilled { network throws in
            try network.add("a")
            let address = try #require(IPAddress("10.1.0.2"))
            try ReleaseQueue.replace(
                network.folder.released(0), with: [.init(address: address, released: .longAgo)])
        }
    }

    @Test("DEL, when the lease is removed")
    func deleteLease() throws {
        try withKilled { network throws in
            try network.add("a")
            try File.remove(network.folder.lease(try #require(IPAddress("10.1.0.2"))))
        }
    }

    @Test("DEL, when all is removed but the mark is not set")
    func deleteMark() throws {
        try withKilled { network throws in
            try network.add("a")
            try network.delete("a")
            try network.touch()
        }
    }
}
