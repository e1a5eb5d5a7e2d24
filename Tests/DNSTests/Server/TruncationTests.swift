import FuzzSupport
import Testing

@testable import DNS

@Suite struct TruncationTests {
    /// A headless service with so many endpoints, half of them with hostnames.
    private func cluster(of count: Int, _ options: String = "") throws -> NamedCluster {
        let cluster = try served("\(kubernetes)\n\(options)", isFilled: false)
        cluster.namespace("apps")
        cluster.service("apps/many", ports: ["http:80"])
        var left = (0..<count).map { number in
            let name = number.isMultiple(of: 2) ? "" : " host-\(number)"
            return "10.1.\(number / 250).\(number % 250 + 1)\(name)"
        }
        while !left.isEmpty {
            cluster.slice(
                "apps/many-\(left.count)", of: "many", Array(left.prefix(100)), ports: ["http:80"])
            left.removeFirst(min(100, left.count))
        }
        cluster.publish()
        return cluster
    }

    static let counts = [1, 2, 28, 29, 30, 50, 72, 73, 74, 100, 250, 500]

    @Test(arguments: counts)
    func `D69 D70 X3 a datagram has what fits, and says so if that is not all`(count: Int) throws {
        let cluster = try cluster(of: count)
        for type in [RecordType.a, .srv] {
            let whole = try cluster.ask("many.apps.svc.cluster.local", type)
            #expect(whole.message.answers.count == count)
            #expect(!whole.message.flags.contains(.truncated))
            for size in [nil, 0, 511, 512, 513, 600, 700, 1024, 1231, 1232, 1233, 4096, 65535]
                as [UInt16?]
            {
                let answer = try cluster.ask("many.apps.svc.cluster.local", type, transport: .udp) {
                    $0.edns = size.map { EDNS(payloadSize: $0) }
                }
                let got = answer.message.answers
                let isCut = got.count < count
                #expect(answer.message.flags.contains(.truncated) == isCut)
                #expect(Set(got).isSubset(of: Set(whole.message.answers)))
                let limit = min(max(Int(size ?? 512), 512), 1232)
                #expect(answer.octets.count <= limit)
                if isCut {
                    #expect(answer.message.additionals.isEmpty)
                    // The next record would not have fitted.
                    let largest = type == .a ? 16 : 12 + 6 + 8 + 33 + 12
                    #expect(answer.octets.count + largest + 6 > limit)
                }
            }
        }
    }

    @Test func `D70 a hundred addresses are cut where that is expected`() throws {
        let cluster = try cluster(of: 100)
        let name = "many.apps.svc.cluster.local"
        #expect(try cluster.ask(name, transport: .udp).message.answers.count == 29)
        let larger = try cluster.ask(name, transport: .udp) { $0.edns = EDNS(payloadSize: 4096) }
        #expect(larger.message.answers.count == 73 && larger.octets.count <= 1232)
    }

    @Test(arguments: [512, 1232, 4096])
    func `D98 the size that is configured is the longest`(size: Int) throws {
        let cluster = try cluster(of: 500, "bufsize \(size)")
        var client = Client.sample
        client.transport = .udp
        var query = Message.query(DomainName(words: "many.apps.svc.cluster.local"), .a, id: 1)
        query.edns = EDNS(payloadSize: 65535)
        let reply = try #require(cluster.answer(query.encoded(), client))
        let answer = try Answer(query.encoded(), reply, limit: size)
        #expect(answer.message.edns?.payloadSize == UInt16(size))
        #expect(answer.octets.count > size - 40)
    }

    @Test func `addresses of targets go first, and that is no truncation`() throws {
        let cluster = try cluster(of: 12)
        let answer = try cluster.ask("many.apps.svc.cluster.local", .srv, transport: .udp) {
            $0.edns = EDNS(payloadSize: 900)
        }
        #expect(!answer.message.flags.contains(.truncated))
        #expect(answer.message.answers.count == 12)
        #expect(answer.message.additionals.count < 12)
    }

    @Test func `X19 an answer of five thousand targets is well formed`() throws {
        let cluster = try cluster(of: 5000)
        let answer = try cluster.ask("many.apps.svc.cluster.local", .srv)
        #expect(answer.message.flags.contains(.truncated))
        #expect(try cluster.ask("many.apps.svc.cluster.local").message.flags.contains(.truncated))
    }
}
