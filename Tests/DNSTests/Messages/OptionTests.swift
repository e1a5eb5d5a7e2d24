import FuzzSupport
import Testing

@testable import DNS

/// What is said behind the records, and to whom.
@Suite struct OptionTests {
    @Test func `D64 no OPT record is sent to who sends none`() throws {
        #expect(try served().ask("web.default.svc.cluster.local").message.edns == nil)
        let failure = try served(kubernetes, isSynced: false)
        #expect(try failure.ask("x.default.svc.cluster.local").message.edns == nil)
    }

    @Test func `RFC 7828 a connection's client is told how long it may be idle`() throws {
        let cluster = try served()
        for (transport, expected) in [(Client.Transport.tcp, 1), (.tls, 1), (.udp, 0)] {
            let options = try cluster.options(for: .keepalive, transport: transport)
            #expect(options.filter { $0 == EDNS.Option(.keepalive, [0, 100]) }.count == expected)
            #expect(options.count == expected)
        }
    }

    /// NSID, client subnet, expire, padding and two that nobody knows.
    @Test(arguments: [3, 8, 9, 12, 100, 65001] as [UInt16])
    func `D65 RFC 7830 an option that is not ours is not sent back`(code: UInt16) throws {
        let cluster = try served()
        for transport in [Client.Transport.udp, .tcp] {
            let option = EDNSOption(rawValue: code)
            #expect(try cluster.options(for: option, transport: transport).isEmpty)
        }
    }

    static let reasons: [(name: String, type: RecordType, recordClass: RecordClass, UInt8)] = [
        ("web.default.svc.cluster.local", .mx, .internet, 18), ("a.example", .a, .internet, 20),
        ("web.default.svc.cluster.local", .a, .chaos, 21),
        ("own.default.svc.cluster.local", .a, .internet, 24),
    ]

    @Test(arguments: reasons.indices)
    func `RFC 8914 a refusal and a failure come with a reason`(number: Int) throws {
        let (name, type, recordClass, reason) = Self.reasons[number]
        let cluster = try served("\(kubernetes)\nacl {\nblock type MX\n}")
        let answer = try cluster.ask(name, type, recordClass) { $0.edns = EDNS(payloadSize: 1232) }
        #expect(answer.message.edns?.options == [EDNS.Option(.extendedError, [0, reason])])
        #expect(answer.message.responseCode != .noError && answer.message.answers.isEmpty)
    }
}

extension NamedCluster {
    /// The options of the reply to who sends an empty one.
    fileprivate func options(
        for option: EDNSOption, transport: Client.Transport
    ) throws -> [EDNS.Option] {
        let answer = try ask("web.default.svc.cluster.local", transport: transport) {
            $0.edns = EDNS(payloadSize: 1232)
            $0.edns?.options = [EDNS.Option(option, [])]
        }
        return try #require(answer.message.edns).options
    }
}
