import Network
import Testing

@testable import Demo

struct SharesTests {
    private static func answers(_ servers: String...) -> [Answer] {
        servers.map {
            Answer(server: $0, client: AddressAndPort(.v4(IPv4Address(10, 0, 0, 1)), 80))
        }
    }

    @Test func `shares are even only among exactly these servers`() {
        let even = Shares(Self.answers("a", "b", "b", "a"))
        #expect(even.are(2, eachOf: ["a", "b"]))
        #expect(!even.are(2, eachOf: ["a"]))
        #expect(!even.are(2, eachOf: ["a", "b", "c"]))
        #expect(!even.are(1, eachOf: ["a", "b"]))
        #expect(!Shares(Self.answers("a", "a", "a", "b")).are(2, eachOf: ["a", "b"]))
    }

    @Test func `uneven shares are told one by one`() {
        #expect("\(Shares(Self.answers("a", "b")))" == "1 by each of 2 pods")
        #expect("\(Shares(Self.answers("a", "a")))" == "2 by a")
        #expect("\(Shares(Self.answers("b", "a", "b")))" == "1 by a, 2 by b")
    }
}
