import Network
import Platform
import Testing

@testable import CNI

@Suite("STATUS of addresses")
struct StatusTests {
    private static let small = #""type":"weft-ipam","subnet":"10.1.0.0/30""#

    private func status(_ network: TestNetwork) -> CNIError? {
        failure { try AddressPart(network.configuration()).status() }
    }

    @Test("C29: is good where an ADD would work, and makes nothing")
    func good() throws {
        try withNetwork { network throws in
            #expect(status(network) == nil)
            #expect(try Directory.list(network.dataDirectory).isEmpty)
            try network.add("a")
            #expect(status(network) == nil)
            try network.delete("a")
            #expect(status(network) == nil)
        }
    }

    @Test("C29: is 50 when a range is exhausted, and good again after a release")
    func exhausted() throws {
        try withNetwork(Self.small) { network throws in
            try network.add("a")
            let error = try #require(status(network))
            #expect(error.code == .notAvailable)
            #expect(error.message.contains("10.1.0.1-10.1.0.2"))
            try network.delete("a")
            #expect(status(network) == nil)
        }
    }

    @Test("C29: is good when leases of an earlier boot or leaked ones stand in the way")
    func reclaimable() throws {
        try withNetwork(Self.small) { network throws in
            try network.add("a")
            let link = HostLink(
                try InterfaceName(validating: "nosuchlink"), in: try HostLink.currentNamespace())
            try network.changeRecord("a") {
                $0.hostLink = link
                $0.given = .longAgo
            }
            #expect(status(network) == nil)
            try network.changeRecord("a") { $0.bootID = "earlier" }
            try network.touch()
            #expect(status(network) == nil)
        }
    }

    @Test("C29: is 50 where nothing can be written")
    func unwritable() throws {
        // /proc takes no new folders.
        var network = TestNetwork("/proc/sys/weft")
        network.ipam = #""subnet":"10.1.0.0/24""#
        #expect(status(network)?.code == .notAvailable)
        let error = try #require(failure { try network.add("a") })
        #expect(error.code == .inputOutput)
        #expect(error.details.contains("/proc/sys/weft"))
    }

    @Test("C29: is 50 when the range file is missing, and tells who writes it")
    func rangeFile() throws {
        try withNetwork { network throws in
            let path = "\(network.dataDirectory)/ranges.json"
            network.ipam = "\"rangeFile\":\"\(path)\""
            let error = try #require(status(network))
            #expect(error.code == .notAvailable)
            #expect(error.message == "the range file \(path) cannot be read")
            #expect(error.details.contains("the node's agent writes it"))
            #expect(failure { try network.add("a") }?.code == .tryAgainLater)
            let content = Array(#"{"podCIDRs":["10.7.0.0/24"]}"#.utf8)
            try File.replace(path, with: content.span)
            #expect(status(network) == nil)
        }
    }
}
