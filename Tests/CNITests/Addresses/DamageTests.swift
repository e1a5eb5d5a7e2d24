import Network
import Platform
import Testing

@testable import CNI

@Suite("Damaged, strange and hostile files")
struct DamageTests {
    @Test("plugins#498: an empty lease is nobody's and is given again")
    func emptyLease() throws {
        for content in ["", "\n", "\r\n", "\0\0"] {
            try withNetwork(#""type":"host-local","subnet":"10.1.0.0/30""#) { network throws in
                try network.write(content, to: "10.1.0.2")
                #expect(try network.add("a") == ["10.1.0.2/30"])
            }
        }
    }

    @Test(
        "a file that names no attachment keeps its address from being given",
        arguments: [
            "kept for the printer", "../../etc/passwd\r\neth0", "a\r\n../x", "a\r\nb\r\nc",
            "\u{1}", "é",
        ])
    func note(content: String) throws {
        try withNetwork { network throws in
            try network.write(content, to: "10.1.0.2")
            #expect(try network.add("a") == ["10.1.0.3/24"])
            #expect(try network.leases()["10.1.0.2"] == content)
        }
    }

    @Test("what is named by no address, or by an unusual form of one, is left alone")
    func otherFiles() throws {
        try withNetwork { network throws in
            for name in ["x", "10.1.0.02", "FD00::2", "10.1.0.2/24".replacing("/", with: "_")] {
                try network.write("z\r\neth0", to: name)
            }
            try Directory.create("\(network.folder.leases)/10.1.0.2")
            #expect(try network.add("a") == ["10.1.0.3/24"])
            try network.delete("a")
            try network.delete("z")
            #expect(try Directory.list(network.folder.leases).contains("FD00::2"))
        }
    }

    @Test(
        "a damaged record is made again from the leases",
        arguments: [
            "", "{", "[]", "{}", "null", #"{"version":1}"#, #"{"version":"1"}"#,
            #"{"version":1,"boot":"b","time":-1,"leases":[]}"#,
            #"{"version":1,"boot":"b","time":1,"leases":[{"address":"x","set":0}]}"#,
            #"{"version":1,"boot":"b","time":1,"leases":[{"address":"10.1.0.2","set":-1}]}"#,
        ])
    func damagedRecord(text: String) throws {
        try withNetwork { network throws in
            try network.add("a")
            try network.writeRecord(text, of: "a")
            #expect(try network.add("a") == ["10.1.0.2/24"])
            try network.writeRecord(text, of: "a")
            try network.delete("a")
            #expect(try network.leases().isEmpty)
            #expect(try network.record("a") == nil)
        }
    }

    @Test("a newer version's record stops the ADD of its attachment, and nothing else")
    func newerRecord() throws {
        try withNetwork { network throws in
            try network.add("a")
            try network.writeRecord(#"{"version":2,"addresses":"?"}"#, of: "a")
            let error = try #require(failure { try network.add("a") })
            #expect(error.code == .stateDamaged)
            #expect(error.details.contains("run the newer one, or remove the folder"))
            try network.touch()
            #expect(try network.add("b") == ["10.1.0.3/24"])
            try network.delete("b")
            #expect(try network.leases() == ["10.1.0.2": "a\r\neth0"])
            try network.delete("a")
            #expect(try network.leases().isEmpty)
            try network.delete("b")
            #expect(try network.folder.recordedOwners().isEmpty)

            try network.add("c")
            try network.writeRecord(#"{"version":2}"#, of: "c")
            try AddressPart.collectGarbage(of: network.configuration(), keeping: [])
            #expect(try network.leases().isEmpty)
            #expect(try network.folder.recordedOwners().isEmpty)
        }
    }

    @Test("an ADD that fails half way leaves nothing, and DEL works where the index does not")
    func failsHalfWay() throws {
        try withNetwork { network throws in
            try network.add("a")
            // In the way of the file that becomes the lease.
            try Directory.create("\(network.folder.unnamedLease)/x")
            #expect(failure { try network.add("b") }?.code == .inputOutput)
            #expect(try network.leases() == ["10.1.0.2": "a\r\neth0"])
            #expect(try network.record("b") == nil)
            // The look cannot be finished then.
            try network.touch()
            #expect(failure { try network.add("b") }?.code == .inputOutput)
            try network.delete("a")
            #expect(try network.leases().isEmpty)
            try Directory.remove("\(network.folder.unnamedLease)/x")
            try Directory.remove(network.folder.unnamedLease)
            #expect(try network.add("b") == ["10.1.0.3/24"])
        }
    }

    @Test("records that lie do not give or take another's address")
    func lyingRecord() throws {
        try withNetwork { network throws in
            try network.add("a")
            try network.add("b")
            let other = Lease(try #require(IPAddress("10.1.0.3")), set: 0)
            try network.changeRecord("a") { $0.leases = [other] }
            #expect(try network.add("a") != ["10.1.0.3/24"])
            try network.changeRecord("a") { $0.leases.append(other) }
            try network.delete("a")
            #expect(try network.leases()["10.1.0.3"] == "b\r\neth0")
        }
    }

    @Test(
        "a damaged queue costs nothing but its order",
        arguments: ["", "x", "weft-released 1 999999\n", String(repeating: "\0", count: 640)])
    func damagedQueue(text: String) throws {
        try withNetwork(#""type":"host-local","subnet":"10.1.0.0/29""#) { network throws in
            for number in 1...5 { try network.add("c\(number)") }
            try network.delete("c1")
            let bytes = Array(text.utf8)
            try File.replace(network.folder.released(0), with: bytes.span)
            try network.delete("c2")
            let given = try network.add("d") + network.add("e")
            #expect(Set(given) == ["10.1.0.2/29", "10.1.0.3/29"])
        }
    }

    @Test("entries of addresses that are taken, or of no range, are passed over")
    func lyingQueue() throws {
        try withNetwork(#""type":"host-local","subnet":"10.1.0.0/29""#) { network throws in
            for number in 1...5 { try network.add("c\(number)") }
            let addresses = ["10.1.0.2", "10.1.0.1", "192.0.2.1", "fd00::1", "10.1.0.3"]
            try ReleaseQueue.replace(
                network.folder.released(0),
                with: try addresses.map {
                    .init(address: try #require(IPAddress($0)), released: .longAgo)
                })
            #expect(failure { try network.add("d") }?.code == .noFreeAddress)
            try network.delete("c2")
            #expect(try network.add("d") == ["10.1.0.3/29"])
        }
    }

    @Test("a file where a folder must be is an error that names it")
    func fileInTheWay() throws {
        try withNetwork { network throws in
            let empty: [UInt8] = []
            try File.replace("\(network.dataDirectory)/.weft", with: empty.span)
            let error = try #require(failure { try network.add("a") })
            #expect(error.code == .inputOutput)
            #expect(error.details.contains("\(network.dataDirectory)/.weft"))
            #expect(try network.leases().isEmpty)
        }
    }
}
