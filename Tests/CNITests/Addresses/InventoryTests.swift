import Network
import Platform
import Testing

@testable import CNI

@Suite("weft ipam sees and releases leases")
struct InventoryTests {
    /// One lease of each state.
    private func fill(_ network: TestNetwork) throws {
        for name in ["used", "leaked", "void", "young"] {
            try network.add(
                name, arguments: "K8S_POD_NAMESPACE=shop;K8S_POD_NAME=\(name);IgnoreUnknown=1")
        }
        let link = HostLink(
            try InterfaceName(validating: "nosuchlink"), in: try HostLink.currentNamespace())
        for name in ["leaked", "young"] {
            try network.changeRecord(name) {
                $0.hostLink = link
                if name == "leaked" { $0.given = .longAgo }
            }
        }
        try network.changeRecord("void") { $0.bootID = "earlier" }
        try network.write("foreign\r\neth1", to: "10.1.0.60")
        try network.write("", to: "10.1.0.61")
        try network.write("for the printer", to: "10.1.0.62")
    }

    private func states(_ network: TestNetwork) throws -> [String] {
        try network.folder.entries().map { "\($0.address) \($0.state)" }
    }

    @Test("each lease has its state")
    func states() throws {
        try withNetwork { network throws in
            try fill(network)
            #expect(
                try states(network) == [
                    "10.1.0.2 used", "10.1.0.3 leaked", "10.1.0.4 void", "10.1.0.5 used",
                    "10.1.0.60 unrecorded", "10.1.0.61 empty", "10.1.0.62 note",
                ])
            #expect(try network.leases().count == 7)
            #expect(try LeaseFolder.all(in: network.dataDirectory) == [network.folder])
            #expect(try LeaseFolder.all(in: "\(network.dataDirectory)/none").isEmpty)
        }
    }

    @Test("reclaim releases what nobody can have any more, and nothing else")
    func reclaim() throws {
        try withNetwork { network throws in
            try fill(network)
            let reclaimable = try network.folder.entries().filter(\.isReclaimable)
            try network.folder.reclaim()
            let left = try states(network)
            #expect(
                reclaimable.map(\.address.description) == ["10.1.0.3", "10.1.0.4", "10.1.0.61"])
            #expect(
                left == [
                    "10.1.0.2 used", "10.1.0.5 used", "10.1.0.60 used", "10.1.0.62 note",
                ])
        }
    }

    @Test("check tells what is wrong of each, and nothing of what is right")
    func defects() throws {
        try withNetwork(#""ranges":[[{"subnet":"10.1.0.0/24"}],[{"subnet":"fd00::/64"}]]"#) {
            network throws in
            try network.add("a")
            #expect(try network.folder.defects().isEmpty)
            try File.remove("\(network.folder.leases)/fd00::2")
            try network.add("b")
            #expect(try network.folder.defects().isEmpty)
        }
        try withNetwork { network throws in
            try fill(network)
            try network.writeRecord("{", of: "damaged")
            try network.writeRecord(#"{"version":9}"#, of: "newer")
            try network.changeRecord("lying") {
                $0.leases = [Lease(.v4(IPv4Address(10, 1, 0, 2)), set: 0)]
            }
            let empty: [UInt8] = []
            try File.replace("\(network.folder.leases)/.weft-1", with: empty.span)
            let words = try network.folder.defects().map(\.description)
            #expect(words.count == 9)
            for part in [
                "10.1.0.3: its link nosuchlink is gone", "10.1.0.4: of an earlier boot",
                "10.1.0.60: no record", "10.1.0.61: empty", "10.1.0.62: names no container",
                "damaged@eth0: damaged", "newer@eth0: it was written by a newer",
                "lying@eth0: its address 10.1.0.2 is no lease of it", ".weft-1: left by",
            ] { #expect(words.contains { $0.contains(part) }, "\(part)") }
        }
    }

    @Test("release takes an address from whoever has it, and says when nobody has")
    func release() throws {
        try withNetwork(#""ranges":[[{"subnet":"10.1.0.0/24"}],[{"subnet":"fd00::/64"}]]"#) {
            network throws in
            try network.add("a")
            try network.write("for the printer", to: "10.1.0.62")
            for text in ["10.1.0.2", "10.1.0.62"] {
                let address = try #require(IPAddress(text))
                #expect(try network.folder.release(address))
                #expect(try !network.folder.release(address))
            }
            #expect(try network.leases() == ["fd00::2": "a\r\neth0"])
            #expect(try network.folder.release(try #require(IPAddress("fd00::2"))))
            #expect(try network.record("a") == nil)
            var other = network
            other.name = "none"
            #expect(try !other.folder.release(try #require(IPAddress("10.1.0.2"))))
        }
    }

    @Test("the table and the JSON tell network, container, interface, pod, age and state")
    func texts() throws {
        try withNetwork { network throws in
            let id = String(repeating: "0123456789abcdef", count: 4)
            try network.add(id, arguments: "K8S_POD_NAMESPACE=shop;K8S_POD_NAME=db-0")
            try network.write("", to: "10.1.0.61")
            let entries = try network.folder.entries()
            let given = try #require(entries.first?.given)
            let now = given + .seconds(3 * 3600 + 125)
            #expect(
                LeaseTable.text(entries, now: now) == """
                    ADDRESS    NETWORK         CONTAINER      INTERFACE  POD        AGE   STATE
                    10.1.0.2   weft-ipam-test  0123456789abc  eth0       shop/db-0  3h2m  used
                    10.1.0.61  weft-ipam-test  -              -          -          -     empty

                    """)
            #expect(
                LeaseTable.json(entries, now: now) == #"[{"address":"10.1.0.2","#
                    + #""network":"weft-ipam-test","state":"used","container":"\#(id)","#
                    + #""interface":"eth0","pod":"shop/db-0","ageSeconds":10925},"#
                    + #"{"address":"10.1.0.61","network":"weft-ipam-test","state":"empty"}]"# + "\n"
            )
            #expect(
                LeaseTable.details(try #require(entries.first), now: now) == """
                    address    10.1.0.2
                    network    weft-ipam-test
                    state      used
                    container  \(id)
                    interface  eth0
                    pod        shop/db-0
                    age        3h2m

                    """)
        }
    }

    @Test(
        "ages have two units",
        arguments: [
            (0, "0s"), (59, "59s"), (60, "1m0s"), (3_661, "1h1m"), (90_000, "1d1h"), (-5, "0s"),
        ])
    func ages(seconds: Int, text: String) {
        #expect(LeaseTable.age(.seconds(seconds)) == text)
    }
}
