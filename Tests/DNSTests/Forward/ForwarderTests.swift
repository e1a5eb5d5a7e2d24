import Network
import Platform
import Support
import Synchronization
import Testing

@testable import DNS

@Suite struct ForwarderTests {
    @Test
    func `D77 RFC 5452 X9 a thousand questions come from as many ports, and ids are chance`()
        async throws
    {
        let upstream = try FakeUpstream { _ in [.reply] }
        let forwarder = try Forwarder([ForwardSettings([.init(upstream.address)])])
        for batch in 0..<20 {
            await withTaskGroup(of: Void.self) { group in
                for number in 0..<50 {
                    group.addTask { _ = await forwarder.ask("n\(batch)-\(number).example") }
                }
            }
        }
        let asked = upstream.questions
        #expect(asked.count >= 1000)
        #expect(Set(asked.compactMap(\.source?.port)).count >= 900)
        #expect(Set(asked.map(\.message.id)).count >= 900)
        // Sixteen cells of 62.5 each; beyond 50 chance is out of the question (15 degrees).
        let cells = Dictionary(grouping: asked) { $0.message.id >> 12 }.mapValues(\.count)
        let expected = Double(asked.count) / 16
        let deviation = (0..<16 as Range<UInt16>).reduce(0.0) { sum, cell in
            let difference = Double(cells[cell] ?? 0) - expected
            return sum + difference * difference / expected
        }
        #expect(deviation < 50)
        let durations = forwarder.statistics.upstreams[0].durations[.noError]
        #expect(durations?.buckets.count == asked.count)
    }

    /// What comes before the reply, and must not keep it from being taken.
    static let preludes: [(String, @Sendable (Message) -> [FakeUpstream.Step])] = [
        ("garbage", { _ in [.bytes([1, 2, 3]), .bytes([UInt8](repeating: 255, count: 600))] }),
        ("an empty datagram", { _ in [.bytes([])] }),
        ("another id", { _ in [.reply { $0.id &+= 1 }] }),
        ("another name", { _ in [.reply { $0.questions[0].name = .root }] }),
        ("a question", { _ in [.reply { $0.flags.remove(.response) }] }),
        ("another port", { [.elsewhere($0.reply().encoded())] }),
        ("half a reply", { [.bytes(Array($0.reply().encoded().dropLast(6)))] }),
        ("a refusal of the format", { _ in [.reply { $0.denyFormat() }] }),
    ]

    @Test(arguments: preludes.indices)
    func `D76 D78 RFC 5452 X10 what comes before the reply is ignored`(number: Int) async throws {
        let prelude = Self.preludes[number].1
        let upstream = try FakeUpstream {
            prelude($0.message) + [.reply { $0.answers[0].ttl = 77 }]
        }
        let forwarder = try Forwarder([ForwardSettings([.init(upstream.address)])])
        let answer = await forwarder.ask("www.example.com").message
        #expect(answer?.answers.map(\.ttl) == [77], "\(Self.preludes[number].0)")
    }

    @Test func `D79 X8 records that were not asked for are not passed on`() async throws {
        let bank = Record(try DomainName("bank.example"), .a, ttl: 9, data: [203, 0, 113, 66])
        let upstream = try FakeUpstream { _ in
            [
                .reply {
                    $0.answers.append(bank)
                    $0.additionals = [bank]
                    $0.authorities = [Record(bank.name, .ns, ttl: 9, data: bank.name.wire)]
                }
            ]
        }
        let forwarder = try Forwarder([ForwardSettings([.init(upstream.address)])])
        let answer = try #require(await forwarder.ask("www.example.com").message)
        #expect(answer.answers.map(\.data) == [[192, 0, 2, 1]])
        #expect(answer.authorities.isEmpty && answer.additionals.isEmpty)
    }

    @Test func `D75 what is too large comes by TCP`() async throws {
        let upstream = try FakeUpstream { asked in
            guard asked.isStream else { return [.reply { $0.flags.insert(.truncated) }] }
            return [
                .reply { reply in
                    reply.answers = (0..<3000).map {
                        Record(
                            reply.questions[0].name, .a, ttl: 5,
                            data: [10, 0, UInt8($0 / 256), UInt8($0 % 256)])
                    }
                }
            ]
        }
        var settings = ForwardSettings([.init(upstream.address)])
        // Other tests may take the processor for long.
        settings.expire = .seconds(600)
        let forwarder = try Forwarder([settings])
        for name in ["a.example", "b.example", "c.example"] {
            #expect(await forwarder.ask(name).message?.answers.count == 3000)
        }
        #expect(forwarder.statistics.upstreams[0].connectionsOpened == 1)
        #expect(forwarder.statistics.upstreams[0].connectionsUsedAgain == 2)
    }

    @Test func `a connection that was reset is made again`() async throws {
        let upstream = try FakeUpstream { $0.number == 1 ? [.reset] : [.reply] }
        var settings = ForwardSettings([.init(upstream.address)])
        settings.forcesTCP = true
        let forwarder = try Forwarder([settings])
        for name in ["a.example", "b.example", "c.example"] {
            #expect(await forwarder.ask(name).message != nil)
        }
    }

    @Test func `D80 a server that never answers is given up before two seconds`() async throws {
        let upstream = try FakeUpstream { _ in [] }
        let forwarder = try Forwarder([ForwardSettings([.init(upstream.address)])])
        let (resolution, time) = await forwarder.askAndTime("www.example.com")
        #expect(resolution == .failure(.timedOut))
        #expect(time < .milliseconds(1950))
        #expect(upstream.questions.count <= UpstreamQuestion.mostTries)
    }

    @Test func `a server that is late is still heard`() async throws {
        let upstream = try FakeUpstream {
            [.later(.milliseconds(900), $0.message.reply().encoded())]
        }
        let forwarder = try Forwarder([ForwardSettings([.init(upstream.address)])])
        #expect(await forwarder.ask("www.example.com").message != nil)
    }

    @Test func `D80 a port where nobody listens costs little time`() async throws {
        let gone = AddressAndPort(.v4(IPv4Address(127, 0, 0, 1)), 1)
        let forwarder = try Forwarder([ForwardSettings([.init(gone)])])
        let (resolution, time) = await forwarder.askAndTime("www.example.com")
        #expect(resolution == .failure(.refused))
        #expect(time < .milliseconds(1950))
    }

    @Test func `D88 many who ask the same make one question`() async throws {
        let upstream = try FakeUpstream {
            [.later(.milliseconds(100), $0.message.reply().encoded())]
        }
        let forwarder = try Forwarder([ForwardSettings([.init(upstream.address)])])
        await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<200 {
                group.addTask { await forwarder.ask("www.example.com").message != nil }
            }
            #expect(await group.allSatisfy { $0 })
        }
        #expect(upstream.questions.count <= 2)
    }

    /// On one thread from end to end: a task that waits for its turn would hear of the deadline first.
    @Test func `whoever waits hears that the forwarder stops`() throws {
        let upstream = try FakeUpstream { _ in [] }
        let forwarder = try Forwarder([ForwardSettings([.init(upstream.address)])])
        let lookup = Lookup(try DomainName("www.example.com"), .a)
        let heard = Heard()
        forwarder.resolve(lookup, through: 0) { heard.add($0) }
        #expect(eventually { !upstream.asked.isEmpty })
        forwarder.stop()
        #expect(eventually { heard.all == [.failure(.stopped)] })
        forwarder.resolve(lookup, through: 0) { heard.add($0) }
        #expect(eventually { heard.all == [.failure(.stopped), .failure(.stopped)] })
    }

    private final class Heard: Sendable {
        private let resolutions = Mutex<[Resolution]>([])
        var all: [Resolution] { resolutions.withLock(\.self) }
        func add(_ resolution: Resolution) { resolutions.withLock { $0.append(resolution) } }
    }
}

extension Forwarder {
    /// What came of a question, and after how long, whenever the test gets to run again.
    func askAndTime(_ name: String) async -> (Resolution, Duration) {
        guard let name = try? DomainName(name) else { return (.failure(.stopped), .zero) }
        return await withCheckedContinuation { continuation in
            let start = MonotonicTime.now
            resolve(Lookup(name, .a), through: 0) {
                continuation.resume(returning: ($0, MonotonicTime.now - start))
            }
        }
    }

    func ask(_ name: String) async -> Resolution {
        guard let name = try? DomainName(name) else { return .failure(.stopped) }
        return await withCheckedContinuation { continuation in
            resolve(Lookup(name, .a), through: 0) { continuation.resume(returning: $0) }
        }
    }
}

extension Resolution {
    var message: Message? {
        guard case .answer(let message, _) = self else { return nil }
        return message
    }
}

extension Message {
    fileprivate mutating func denyFormat() {
        flags.insert(HeaderFlags(rawValue: ResponseCode.formatError.rawValue))
        (questions, answers) = ([], [])
    }
}
