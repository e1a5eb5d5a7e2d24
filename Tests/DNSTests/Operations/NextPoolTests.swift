import Support
import TestSupport
import Testing

@testable import DNS

extension OperationTests {
    @Suite struct NextPoolTests {
        /// What the first pool says, and whether the second is asked.
        struct Case: Sendable, CustomTestStringConvertible {
            let options: String
            let code: ResponseCode
            let hasAnswers: Bool
            let asksNext: Bool

            init(_ options: String, _ code: ResponseCode, hasAnswers: Bool, asksNext: Bool) {
                self.options = options
                self.code = code
                self.hasAnswers = hasAnswers
                self.asksNext = asksNext
            }

            var testDescription: String { "\(options) at \(code), \(hasAnswers)" }
        }

        static let cases = [
            Case("next NXDOMAIN", .nameError, hasAnswers: false, asksNext: true),
            Case("next NXDOMAIN", .noError, hasAnswers: false, asksNext: false),
            Case("next NXDOMAIN", .serverFailure, hasAnswers: false, asksNext: false),
            Case("next_on_nodata", .noError, hasAnswers: false, asksNext: true),
            Case("next_on_nodata", .noError, hasAnswers: true, asksNext: false),
            Case("next_on_nodata", .nameError, hasAnswers: false, asksNext: false),
        ]

        @Test(arguments: cases) func `a pool leaves to the next what it is told to`(
            _ wanted: Case
        ) throws {
            let first = try FakeUpstream { _ in
                [
                    .reply { reply in
                        reply.responseCode = wanted.code
                        if !wanted.hasAnswers { reply.answers = [] }
                    }
                ]
            }
            let second = try FakeUpstream { _ in [.reply { $0.responseCode = .notImplemented }] }
            let text = """
                .:PORT {
                    forward . \(first.address) {
                        \(wanted.options)
                    }
                    forward . \(second.address)
                }
                """
            try withServer(text) { server throws in
                #expect(try server.askFirst("www.example.com") != nil)
                let reply = try server.ask("a.example.com")
                #expect(reply?.responseCode == (wanted.asksNext ? .notImplemented : wanted.code))
                #expect(second.questions.isEmpty != wanted.asksNext)
            }
        }
    }
}
