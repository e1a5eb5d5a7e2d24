import Testing

@testable import Platform

/// A call that gives these results in turn; a negative one fails with that error number.
private final class Script {
    private var results: [Int]
    private(set) var calls = 0

    init(_ results: [Int]) { self.results = results }

    func next() -> Int {
        calls += 1
        let result = results.removeFirst()
        guard result < 0 else { return result }
        Errno(rawValue: CInt(-result)).makeCurrent()
        return -1
    }
}

struct `The syscall funnel` {
    private static let interrupted = -Int(Errno.interrupted.rawValue)
    private static let denied = -Int(Errno.accessDenied.rawValue)
    private static let waiting = -Int(Errno.wouldBlock.rawValue)

    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let results: [Int]
        let value: Int?
        let error: Errno?
    }

    static let cases = [
        Case(testDescription: "success", results: [7], value: 7, error: nil),
        Case(testDescription: "zero", results: [0], value: 0, error: nil),
        Case(testDescription: "EINTR", results: [interrupted, 7], value: 7, error: nil),
        Case(
            testDescription: "EINTR thrice", results: [interrupted, interrupted, interrupted, 7],
            value: 7, error: nil),
        Case(testDescription: "failure", results: [denied], value: nil, error: .accessDenied),
        Case(
            testDescription: "failure after EINTR", results: [interrupted, denied], value: nil,
            error: .accessDenied),
    ]

    @Test(arguments: cases) func `retries what a signal interrupts, and throws`(test: Case) throws {
        let script = Script(test.results)
        let result = Result { () throws(PlatformError) in
            try syscall("try", "it") { script.next() }
        }
        #expect(script.calls == test.results.count)
        switch result {
        case .success(let value): #expect(value == test.value)
        case .failure(let error):
            #expect(error == test.error.map { PlatformError($0, "try", "it") })
        }
    }

    @Test(arguments: cases) func `the nonblocking one does too`(test: Case) throws {
        let script = Script(test.results)
        let result = Result { () throws(PlatformError) in
            try nonblocking("try", "it") { script.next() }
        }
        #expect(script.calls == test.results.count)
        switch result {
        case .success(let value): #expect(value == test.value)
        case .failure(let error):
            #expect(error == test.error.map { PlatformError($0, "try", "it") })
        }
    }

    @Test func `only the nonblocking one takes waiting for an answer`() throws {
        #expect(try nonblocking("try") { Script([Self.waiting]).next() } == nil)
        let error = #expect(throws: PlatformError.self) {
            try syscall("try") { Script([Self.waiting]).next() }
        }
        #expect(error?.code == .wouldBlock)
    }

    @Test func `the subject is not made when all is well`() throws {
        func subject() -> String {
            Issue.record("made")
            return ""
        }
        _ = try syscall("try", subject()) { 0 }
        _ = try nonblocking("try", subject()) { Script([Self.waiting]).next() }
    }

    @Test func `a path with a NUL never reaches the kernel`() {
        let script = Script([0])
        let error = #expect(throws: PlatformError.self) {
            try syscall("open", path: "/etc\0/passwd") { _ in script.next() }
        }
        #expect(script.calls == 0)
        #expect(error?.code == .invalid)
    }
}
