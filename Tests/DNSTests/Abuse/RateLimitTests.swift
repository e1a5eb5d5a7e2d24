import Network
import Testing

@testable import DNS

@Suite struct RateLimitTests {
    private func limit(
        _ rate: Int, burst: Int, _ change: (inout RateLimitOptions) -> Void = { _ in }
    ) -> RateLimit {
        var options = RateLimitOptions(rate: rate)
        options.burst = burst
        change(&options)
        return RateLimit(options)
    }

    private func client(_ number: Int) -> IPAddress {
        .v4(IPv4Address(rawValue: 0x0a00_0000 | UInt32(number)))
    }

    @Test func `a client asks its burst at once, and then as often as it may`() {
        let limit = limit(100, burst: 20)
        let burst = (0..<1000).count { _ in limit.admits(client(1), at: second(0)) }
        #expect(burst == 20)
        let steady = (1...10_000).count { limit.admits(client(1), at: second(Double($0) / 1000)) }
        #expect((999...1000).contains(steady))
        let rested = (0..<1000).count { _ in limit.admits(client(1), at: second(60)) }
        #expect(rested == 20)
    }

    @Test func `X15 a hot client takes nothing from fifty others`() {
        let limit = limit(1000, burst: 1000)
        var (hot, quiet) = (0, 0)
        // A tick is ten microseconds: the hot one asks 100,000 times a second, the others ten times.
        for tick in 0..<1_000_00 {
            let now = second(Double(tick) / 100_000)
            if limit.admits(client(0), at: now) { hot += 1 }
            if tick % 200 == 0, limit.admits(client(1 + tick / 200 % 50), at: now) { quiet += 1 }
        }
        #expect(quiet == 500)
        #expect((1990...2000).contains(hot))
    }

    @Test func `X15 made-up addresses take nothing from others, and no memory`() {
        let limit = limit(1000, burst: 100)
        var refused = 0
        for number in 0..<100_000 {
            let now = second(Double(number) / 100_000)
            if !limit.admits(client(1000 + number), at: now) { refused += 1 }
            if number % 1000 == 0, !limit.admits(client(1), at: now) { refused += 1 }
        }
        #expect(refused == 0)
    }

    @Test func `X15 who shares a cell with a hot client has another`() {
        let limit = limit(10, burst: 10)
        for hot in 0..<40 {
            for _ in 0..<100 { _ = limit.admits(client(hot), at: second(0)) }
        }
        // Of 4096 cells in a row, 40 are full: some 20 of 2,000 have one of them, none has both.
        let refused = (1000..<3000).count { !limit.admits(client($0), at: second(0)) }
        #expect(refused <= 3)
    }

    @Test(arguments: [
        ("10.0.0.1", "10.0.0.2", 128, false), ("fd00::1", "fd00::2", 128, false),
        ("fd00::1", "fd00::2", 64, true), ("fd00::1", "fd00:0:0:1::1", 64, false),
        ("fd00:0:0:1::1", "fd00:0:0:2::1", 56, true),
    ])
    func `an address is a client, or as many as begin alike`(
        first: String, other: String, length: Int, isSame: Bool
    ) throws {
        let limit = limit(1, burst: 1) { $0.prefixLength = UInt8(length) }
        let clients = [try IPAddress(validating: first), try IPAddress(validating: other)]
        #expect(limit.admits(clients[0], at: second(0)))
        #expect(!limit.admits(clients[0], at: second(0)))
        #expect(limit.admits(clients[1], at: second(0)) == !isSame)
    }

    @Test func `X23 who has proven its address has an account of its own`() {
        let limit = limit(1, burst: 5)
        for _ in 0..<100 { _ = limit.admits(client(1), at: second(0)) }
        let proven = (0..<100).count { _ in
            limit.admits(client(1), isProven: true, at: second(0))
        }
        #expect(proven == 5)
    }
}
