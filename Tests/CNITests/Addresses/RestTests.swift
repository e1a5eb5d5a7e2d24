import Network
import Platform
import Testing

@testable import CNI

@Suite("A released address rests")
struct RestTests {
    private static let small = #""type":"weft-ipam","subnet":"10.1.0.0/29""#

    private func fill(_ network: TestNetwork) throws {
        for number in 1...5 { try network.add("c\(number)") }
    }

    @Test("five seconds with weft-ipam, not at all with host-local, or as long as is configured")
    func defaults() throws {
        func rest(_ ipam: String) throws -> Duration {
            var network = TestNetwork("/nowhere")
            network.ipam = #""subnet":"10.1.0.0/29""# + ipam
            return try AddressSettings(network.configuration()).rest
        }
        #expect(try rest("") == .seconds(5))
        #expect(try rest(#","type":"weft-ipam""#) == .seconds(5))
        #expect(try rest(#","type":"host-local""#) == .zero)
        #expect(try rest(#","type":"host-local","restSeconds":60"#) == .seconds(60))
        #expect(try rest(#","restSeconds":0"#) == .zero)
    }

    @Test("when nothing else is left, ADD says when to try again")
    func tryAgain() throws {
        try withNetwork(Self.small) { network throws in
            try fill(network)
            try network.delete("c3")
            let error = try #require(failure { try network.add("d") })
            #expect(error.code == .tryAgainLater)
            #expect(error.message.contains("10.1.0.1-10.1.0.6"))
            #expect(error.details.contains("1 of them rest; the first is free in"))
            try network.age(by: .seconds(6))
            #expect(try network.add("d") == ["10.1.0.4/29"])
        }
    }

    @Test("the longest released comes first, and only those that have rested")
    func order() throws {
        try withNetwork(Self.small) { network throws in
            try fill(network)
            try network.delete("c4")
            try network.delete("c2")
            try network.age(by: .seconds(6))
            try network.delete("c1")
            #expect(try network.add("d") == ["10.1.0.5/29"])
            #expect(try network.add("e") == ["10.1.0.3/29"])
            #expect(failure { try network.add("f") }?.code == .tryAgainLater)
        }
    }

    @Test("also when it is the next in order")
    func cursor() throws {
        try withNetwork(Self.small) { network throws in
            try network.add("a", arguments: "IP=10.1.0.2")
            try network.delete("a")
            #expect(try network.add("b") == ["10.1.0.3/29"])
        }
    }

    @Test("one that was released in the future, before the clock was set back, has rested")
    func clockSetBack() throws {
        try withNetwork(Self.small) { network throws in
            try fill(network)
            try network.delete("c1")
            try network.age(by: .seconds(-3600))
            #expect(try network.add("d") == ["10.1.0.2/29"])
        }
    }

    @Test("many that rest are read back from the end of the queue")
    func manyResting() throws {
        try withNetwork(#""type":"weft-ipam","subnet":"10.1.0.0/23""#) { network throws in
            for number in 1...200 { try network.add("c\(number)") }
            for number in 1...200 { try network.delete("c\(number)") }
            try File.remove(network.folder.cursor(0))
            #expect(try network.add("d") == ["10.1.0.202/23"])
        }
    }
}
