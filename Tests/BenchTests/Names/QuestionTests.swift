import DNS
import Testing

@testable import Bench

@Suite struct `Questions about the names of a cluster` {
    private static let names = Result { try ServedNames(MixedCluster(services: 200, endpoints: 4)) }

    private func source() throws -> QuestionSource { QuestionSource(try Self.names.get()) }

    @Test(arguments: QuestionKind.allCases)
    func `are the same in every run`(kind: QuestionKind) throws {
        var (one, other) = (try source(), try source())
        let questions = one.questions(kind, count: 300)
        #expect(questions == other.questions(kind, count: 300))
        #expect(questions.count == 300 && Set(questions).count > 20)
    }

    @Test func `have answers where their kind says so`() throws {
        var source = try source()
        for kind in [QuestionKind.headless, .srv, .ptr, .cached] {
            let questions = source.questions(kind, count: 200)
            #expect(questions.allSatisfy { $0.exists && !$0.answers.isEmpty }, "\(kind)")
        }
        #expect(
            source.questions(.negative, count: 200).allSatisfy { !$0.exists && $0.answers.isEmpty })
        // Of endpoints that are ready, all but the last.
        let headless = source.questions(.headless, count: 200)
        #expect(headless.contains { $0.answers.count == 3 })
    }

    @Test func `are mixed as clusters ask`() throws {
        var source = try source()
        let questions = source.questions(.mix, count: 5000)
        func share(_ holds: (NameQuestion) -> Bool) -> Double {
            Double(questions.count(where: holds)) / 5000
        }
        // Six standard deviations of the widest are 4 %.
        #expect(abs(share { $0.type == .srv } - 0.15) < 0.04)
        #expect(abs(share { $0.type == .ptr } - 0.10) < 0.04)
        #expect(abs(share { !$0.exists } - 0.20) < 0.04)
    }

    @Test func `try the search list as a resolver does`() throws {
        var source = try source()
        let names = try Self.names.get()
        let questions = source.questions(.search, count: 600)
        // Both families of each name, and after one that exists another word.
        for (first, second) in zip(questions, questions.dropFirst()) where first.type == .a {
            #expect(second.name == first.name && second.type == .aaaa)
        }
        #expect(questions.contains { names.exists($0.name) })
        let outside = questions.filter { $0.name.hasPrefix("www.example.com.") }
        #expect(Set(outside.map(\.name)).contains("www.example.com.cluster.local."))
    }

    @Test func `have only answers that changes of endpoints leave in number`() throws {
        var source = try source()
        let names = try Self.names.get()
        let changed = try MixedCluster(services: 200, endpoints: 4).everySliceChanged()
        for question in source.questions(.steady, count: 500) where question.exists {
            let after = changed[question.name, default: []].filter { $0.type == question.type }
            let before = names.records(question.name, question.type)
            #expect(after.count == before.count, "\(question.name) \(question.type)")
        }
    }
}

extension MixedCluster {
    /// The records of all services after each has been changed once.
    fileprivate func everySliceChanged() throws -> [String: [NameRecord]] {
        var records: [String: [NameRecord]] = [:]
        for number in 0..<services {
            let after = ServiceRecords(service(number), try slices(number, round: 1))
            for record in after.forward { records[record.owner, default: []].append(record) }
        }
        return records
    }
}
