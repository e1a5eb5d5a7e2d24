import DNS
import Network
import Platform
import TestSupport
import Testing
import Topology

@testable import Bench

/// Tests that wait for servers keep threads: one at a time, or all others would wait, too.
@Suite(.requiresRoot, .serialized) struct `Questions that are asked at a pace` {
    private static let questions: [NameQuestion] = {
        var source = (0..<200).map { OutsideZone.question($0) }
        source += (0..<50).map { NameQuestion("no-\($0).bench.test.", .aaaa, exists: false) }
        return source
    }()

    private func ask(
        _ server: FaultyServer, _ pace: AskingPlan.Pace,
        for duration: Duration = .milliseconds(500),
        family: IPFamily = .v4, _ change: (inout AskingPlan) -> Void = { _ in }
    ) throws -> AskingOutcome {
        var plan = AskingPlan(server.address(family), pace, for: duration)
        plan.patience = .seconds(5)
        change(&plan)
        return try Asker(try QuestionSet(Self.questions), on: server.host).run(plan)
    }

    @Test(arguments: [IPFamily.v4, .v6], [1, 3])
    func `as many are sent as the pace and the time say, and all are counted`(
        family: IPFamily, threads: Int
    ) throws {
        let server = try FaultyServer(Self.questions)
        let outcome = try ask(server, .paced(perSecond: 600), family: family) {
            $0.threads = threads
            $0.sockets = 6
        }
        #expect(outcome.sent == 300)
        #expect(server.received == 300)
        #expect(outcome.answered == 300 && outcome.lost == 0 && outcome.strays == 0)
        #expect(outcome.wrongAnswers.isEmpty)
        #expect(outcome.latencies.count == 300 && outcome.delays.count == 300)
    }

    @Test func `as many as are answered are asked, and no more wait than was said`() throws {
        let server = try FaultyServer(Self.questions)
        let outcome = try ask(server, .saturated(outstanding: 32))
        #expect(outcome.sent > 32)
        #expect(outcome.sent == server.received && outcome.answered == outcome.sent)
        // What is under way at the end is answered later.
        #expect((0...32).contains(outcome.answered - outcome.answeredInTime))
        #expect(outcome.lost == 0 && outcome.wrongAnswers.isEmpty)
    }

    @Test func `each question can be asked once`() throws {
        let server = try FaultyServer(Self.questions)
        let outcome = try ask(server, .each(outstanding: 8), for: .seconds(60))
        #expect(outcome.sent == Self.questions.count && server.received == outcome.sent)
        #expect(outcome.answered == outcome.sent)
    }

    @Test(arguments: [IPFamily.v4, .v6])
    func `a loss that is planted is found in its size`(family: IPFamily) throws {
        let server = try FaultyServer(Self.questions)
        let (share, count) = (0.1, 2000)
        let loss = """
            table inet loss {
                chain input {
                    type filter hook input priority 0;
                    udp dport 5353 numgen random mod 1000 < \(Int(share * 1000)) counter drop
                }
            }
            """
        let nft = Program(
            "nft", ["-f", "-"], environment: Daemon.environment, input: [UInt8](loss.utf8))
        let loaded = try server.host.run { () throws(PlatformError) in try nft.run() }
        try #require(loaded.status.isSuccess)
        let outcome = try ask(server, .paced(perSecond: 2000), for: .seconds(1), family: family) {
            $0.patience = .seconds(1)
        }
        #expect(outcome.sent == count)
        #expect(outcome.lost == count - server.received && outcome.answered == server.received)
        // Five standard deviations of the binomial distribution.
        let deviation = (Double(count) * share * (1 - share)).squareRoot()
        #expect(abs(Double(outcome.lost) - Double(count) * share) < 5 * deviation)
        #expect(outcome.lostShare == Double(outcome.lost) / Double(count))
    }

    @Test func `answers that do not come are replaced by other questions`() throws {
        var faults = FaultyServer.Faults()
        faults.change = { $0 < 8 ? nil : $1 }
        let server = try FaultyServer(Self.questions, faults)
        let outcome = try ask(server, .saturated(outstanding: 8), for: .seconds(1)) {
            $0.patience = .milliseconds(100)
            $0.sockets = 4
        }
        // The first eight took all the room there was.
        #expect(outcome.lost >= 8 && outcome.answered > 8)
        #expect(outcome.lost + outcome.answered + outcome.strays >= outcome.sent)
    }
}

@Suite(.requiresRoot, .serialized) struct `What is said of answers` {
    private static let questions = (0..<20).map(OutsideZone.question)

    private func ask(
        _ faults: FaultyServer.Faults, perSecond: Double, for duration: Duration = .seconds(1)
    ) throws -> AskingOutcome {
        let server = try FaultyServer(Self.questions, faults)
        var plan = AskingPlan(server.address(.v4), .paced(perSecond: perSecond), for: duration)
        plan.patience = .seconds(5)
        return try Asker(try QuestionSet(Self.questions), on: server.host).run(plan)
    }

    @Test func `a delay that is planted is found in its size`() throws {
        let delay = Duration.milliseconds(100)
        var faults = FaultyServer.Faults()
        // One is late, and nobody waits behind it.
        faults.delay = { $0 == 4 ? delay : .zero }
        let outcome = try ask(faults, perSecond: 5, for: .seconds(2))
        let planted = Double(delay.nanoseconds)
        #expect(outcome.answered == 10)
        // The widest bucket of the histogram is less than one percent.
        #expect(outcome.latencies.percentile(0.99) >= 0.99 * planted)
        #expect(outcome.latencies.percentile(0.99) < 2 * planted)
        #expect(outcome.latencies.percentile(0.9) < planted)
    }

    @Test func `questions that were due while the server stood still have waited`() throws {
        var faults = FaultyServer.Faults()
        faults.delay = { $0 == 50 ? .milliseconds(500) : .zero }
        let outcome = try ask(faults, perSecond: 200)
        #expect(outcome.sent == 200 && outcome.answered == 200)
        // A hundred were due in that time; whoever waits for one answer before it asks for the next
        // sees a single late one.
        #expect(outcome.latencies.percentile(0.6) >= 10e6)
        #expect(outcome.latencies.maximum >= 450_000_000)
    }

    @Test func `wrong ones are counted by what is wrong`() throws {
        var faults = FaultyServer.Faults()
        faults.change = { number, message in
            var message = message
            switch number % 10 {
            case 0: message.flags.remove(.response)
            case 1: message.flags.insert(.truncated)
            case 2: message.responseCode = .serverFailure
            case 3: message.answers = []
            case 4: message.answers[0].data[3] ^= 1
            case 5: message.questions = []
            default: break
            }
            return message
        }
        let outcome = try ask(faults, perSecond: 100)
        let wrong = Dictionary(
            uniqueKeysWithValues: outcome.wrongAnswers.map { ($0.verdict, $0.count) })
        let kinds: [AnswerVerdict] = [
            .malformed, .truncated, .otherCode, .otherCount, .otherAddress,
        ]
        for kind in kinds { #expect(wrong[kind] == 10, "\(kind)") }
        #expect(wrong[.otherQuestion] == 10)
        #expect(outcome.answered == 100 && outcome.firstWrong != nil)
    }
}
