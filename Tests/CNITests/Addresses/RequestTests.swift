import Network
import Testing

@testable import CNI

@Suite("Addresses can be asked for")
struct RequestTests {
    private static let dual =
        #""ranges":[[{"subnet":"10.1.0.0/24","exclude":["10.1.0.77"]}],[{"subnet":"fd00::/64"}]]"#

    @Test("C35: by CNI_ARGS, by args.cni.ips and by runtimeConfig.ips, with or without length")
    func sources() throws {
        try withNetwork(Self.dual) { network throws in
            #expect(
                try network.add("a", arguments: "IP=10.1.0.50") == ["10.1.0.50/24", "fd00::2/64"])
            network.others = #""args":{"cni":{"ips":["10.1.0.51/8","fd00::51"]}}"#
            #expect(try network.add("b") == ["10.1.0.51/24", "fd00::51/64"])
            network.others =
                #""runtimeConfig":{"ips":["10.1.0.52"]},"args":{"cni":{"ips":["fd00::52"]}}"#
            #expect(try network.add("c") == ["10.1.0.52/24", "fd00::52/64"])
            network.others = ""
            #expect(try network.add("d") == ["10.1.0.2/24", "fd00::3/64"])
        }
    }

    @Test(
        "C35: what no range can give is refused, and nothing is left",
        arguments: ["10.2.0.1", "10.1.0.1", "10.1.0.77", "10.1.0.255", "fe80::1"])
    func refused(address: String) throws {
        try withNetwork(Self.dual) { network throws in
            let error = failure { try network.add("a", arguments: "IP=\(address)") }
            #expect(error?.code == .addressNotAvailable)
            #expect(error?.details.contains("IP of CNI_ARGS asks for it") == true)
            #expect(try network.leases().isEmpty)
        }
    }

    @Test("an address that is taken is refused, and the error says by whom")
    func taken() throws {
        try withNetwork(Self.dual) { network throws in
            try network.add("a", arguments: "IP=fd00::50")
            let error = failure { try network.add("b", arguments: "IP=fd00::50") }
            #expect(error?.code == .addressNotAvailable)
            #expect(error?.details == "IP of CNI_ARGS asks for it, but a/eth0 has it")
            #expect(try network.leases().count == 2)
            #expect(try network.add("b") == ["10.1.0.3/24", "fd00::2/64"])
        }
    }

    @Test("two different addresses of one set are refused")
    func contradiction() throws {
        try withNetwork(Self.dual) { network throws in
            network.others = #""runtimeConfig":{"ips":["10.1.0.9"]}"#
            #expect(
                failure { try network.add("a", arguments: "IP=10.1.0.8") }?.code
                    == .addressNotAvailable)
            #expect(try network.add("a", arguments: "IP=10.1.0.9").first == "10.1.0.9/24")
        }
    }

    @Test(
        "what is no address is refused by its source",
        arguments: [
            (#""runtimeConfig":{"ips":["x"]}"#, "runtimeConfig.ips[0] is not valid"),
            (#""runtimeConfig":{"ips":[7]}"#, "runtimeConfig.ips[0] is not valid"),
            (#""runtimeConfig":{"ips":"10.1.0.1"}"#, "runtimeConfig.ips is not valid"),
            (#""args":{"cni":{"ips":["10.1.0.300"]}}"#, "args.cni.ips[0] is not valid"),
        ])
    func malformed(others: String, message: String) throws {
        try withNetwork { network throws in
            network.others = others
            #expect(failure { try network.add("a") }?.message == message)
            network.others = ""
            #expect(
                failure { try network.add("a", arguments: "IP=x") }?.code == .invalidEnvironment)
        }
    }

    @Test("an address that is asked for need not rest, nor does it move the order on")
    func noRest() throws {
        try withNetwork(#""type":"weft-ipam","subnet":"10.1.0.0/24""#) { network throws in
            try network.add("a", arguments: "IP=10.1.0.50")
            try network.delete("a")
            #expect(try network.add("a", arguments: "IP=10.1.0.50") == ["10.1.0.50/24"])
            #expect(try network.add("b") == ["10.1.0.2/24"])
        }
    }
}
