import Network
import Platform
import Testing

@testable import CNI

@Suite("CHECK of addresses")
struct CheckTests {
    private static let dual =
        #""ranges":[[{"subnet":"10.1.0.0/24"}],[{"subnet":"fd00::/64"}]]"#

    private func check(
        _ network: TestNetwork, _ container: String, _ result: NetworkResult
    ) -> CNIError? {
        failure {
            try AddressPart(network.configuration()).check(network.call(container), result)
        }
    }

    @Test("C27: passes for what ADD gave, whatever else the result has")
    func passes() throws {
        try withNetwork(Self.dual) { network throws in
            var result = try network.result("a")
            #expect(check(network, "a", result) == nil)
            let other = try #require(CIDR("192.0.2.7/24"))
            result.addresses.append(.init(other))
            #expect(check(network, "a", result) == nil)
        }
    }

    @Test("C27: passes for leases that host-local made")
    func foreign() throws {
        try withNetwork { network throws in
            try network.write("a", to: "10.1.0.9")
            var result = NetworkResult()
            let address = try #require(CIDR("10.1.0.9/24"))
            result.addresses = [.init(address)]
            #expect(check(network, "a", result) == nil)
        }
    }

    @Test("C27: finds a lease that is gone, or of somebody else, or not in the result")
    func differences() throws {
        try withNetwork(Self.dual) { network throws in
            #expect(check(network, "a", NetworkResult())?.code == .checkFailed)
            let result = try network.result("a")
            #expect(check(network, "b", result)?.message == "b/eth0 has no address")

            var less = result
            less.addresses.removeLast()
            #expect(
                check(network, "a", less)?.message
                    == "a/eth0 has fd00::2, of which prevResult says nothing")
            var more = result
            let stranger = try #require(CIDR("10.1.0.77/24"))
            more.addresses.append(.init(stranger))
            #expect(
                check(network, "a", more)?.message
                    == "prevResult has 10.1.0.77, but there is no lease of it")

            try network.write("b\r\neth0", to: "10.1.0.2")
            #expect(check(network, "a", result)?.code == .checkFailed)
            try File.remove("\(network.folder.leases)/fd00::2")
            #expect(check(network, "a", result)?.message == "a/eth0 has no address")
        }
    }
}
