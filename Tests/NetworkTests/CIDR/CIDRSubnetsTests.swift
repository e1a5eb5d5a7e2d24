import Network
import Testing

@Suite struct `CIDR subnets` {
    @Test func `make up the network in order`() throws {
        let cidr = try #require(CIDR("10.244.3.9/22"))
        let subnets = cidr.subnets(prefixLength: 24).map(\.description)
        #expect(subnets == ["10.244.0.0/24", "10.244.1.0/24", "10.244.2.0/24", "10.244.3.0/24"])
    }

    @Test(
        arguments: [
            ("10.0.0.0/24", 24, 1), ("10.0.0.0/24", 32, 256), ("10.0.0.0/24", 23, 0),
            ("10.0.0.0/24", 33, 0), ("0.0.0.0/0", 4, 16), ("fd00::/120", 128, 256),
            ("::/0", 8, 256),
        ] as [(String, UInt8, Int)])
    func `are as many as fit`(text: String, length: UInt8, count: Int) throws {
        let cidr = try #require(CIDR(text))
        let subnets = Array(cidr.subnets(prefixLength: length))
        #expect(subnets.count == count)
        #expect(Set(subnets).count == count)
        #expect(subnets.allSatisfy { cidr.contains($0) && $0.prefixLength == length })
        #expect(cidr.subnet(at: count, prefixLength: length) == nil)
        if count > 0 { #expect(cidr.subnet(at: count - 1, prefixLength: length) == subnets.last) }
    }

    @Test func `are made one at a time`() throws {
        let all = try #require(CIDR("::/0"))
        var subnets = all.subnets(prefixLength: 128)
        #expect(subnets.next() == CIDR("::/128"))
        #expect(subnets.next() == CIDR("::1/128"))
        #expect(all.subnet(at: -1, prefixLength: 64) == nil)
        #expect(all.subnet(at: 3, prefixLength: 64) == CIDR("0:0:0:3::/64"))
    }
}
