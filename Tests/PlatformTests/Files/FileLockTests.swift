import Testing
import TestSupport

@testable import Platform

struct `A file lock` {
    @Test func `keeps others out until its owner ends`() throws {
        try withTemporaryDirectory { directory in
            let path = "\(directory)/lock"
            let held = try FileLock(path)
            #expect(try FileLock.attempt(path) == nil)
            let error = #expect(throws: PlatformError.self) {
                _ = try FileLock(path, until: .now + .milliseconds(20))
            }
            #expect(error?.code == .timedOut)
            _ = consume held
            #expect(try FileLock.attempt(path) != nil)
        }
    }

    @Test func `is shared by those who only read`() throws {
        try withTemporaryDirectory { directory in
            let first = try FileLock(directory, .shared)
            #expect(try FileLock.attempt(directory, .shared) != nil)
            #expect(try FileLock.attempt(directory, .exclusive) == nil)
            _ = consume first
        }
    }

    @Test func `is waited for`() throws {
        try withTemporaryDirectory { directory in
            let path = "\(directory)/lock"
            let held = try FileLock(path)
            let waiter = try Thread {
                _ = try? FileLock(path, until: .now + .seconds(60))
                _ = try? File.replace("\(path).taken", with: "x".utf8.span)
            }
            sleep(for: .milliseconds(20))
            #expect(try File.status("\(path).taken") == nil)
            _ = consume held
            waiter.join()
            #expect(try File.status("\(path).taken") != nil)
        }
    }
}

extension Optional where Wrapped: ~Copyable {
    fileprivate static func == (left: consuming Self, right: _OptionalNilComparisonType) -> Bool {
        switch consume left {
        case .some: false
        case .none: true
        }
    }
}
