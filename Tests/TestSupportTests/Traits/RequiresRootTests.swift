import Platform
import Testing

@testable import TestSupport

struct `Requiring root` {
    private let refused = Result<Void, PlatformError>.failure(
        PlatformError(.notPermitted, "create network namespace"))

    @Test func `runs where allowed`() throws {
        #expect(try decide(.success(()), inCI: false))
        #expect(try decide(.success(()), inCI: true))
    }

    @Test func `skips without the right, but fails in CI`() throws {
        #expect(try !decide(refused, inCI: false))
        #expect(throws: PlatformError.self) { try decide(refused, inCI: true) }
    }
}
