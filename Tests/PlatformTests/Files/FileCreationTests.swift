import Testing
import TestSupport

@testable import Platform

struct `A new file` {
    private let content = [UInt8]("some content".utf8)

    @Test func `is made only where none was`() throws {
        try withTemporaryDirectory { directory throws in
            let path = "\(directory)/file"
            #expect(try File.create(path, with: content.span))
            let other = [UInt8]("other".utf8)
            #expect(try !File.create(path, with: other.span))
            #expect(try File.read(path) == content)
            #expect(try File.status(path)?.mode == 0o600)
            let error = #expect(throws: PlatformError.self) {
                _ = try File.create("\(directory)/none/file", with: content.span)
            }
            #expect(error?.code == .noSuchEntry)
        }
    }

    @Test func `gets a second name only where none was, and both are one file`() throws {
        try withTemporaryDirectory { directory in
            let (one, two) = ("\(directory)/one", "\(directory)/two")
            _ = try File.create(one, with: content.span)
            #expect(try File.addName(two, to: one))
            #expect(try !File.addName(two, to: one))
            #expect(try File.status(one)?.identity == File.status(two)?.identity)
            #expect(throws: PlatformError.self) { try File.addName("\(directory)/x", to: "a\0b") }
            #expect(throws: PlatformError.self) { try File.addName("\(directory)/x", to: "/none") }
        }
    }

    @Test func `is read and written at places`() throws {
        try withTemporaryDirectory { directory in
            let path = "\(directory)/file"
            let none = try File.openForReading(path)?.read(1, at: 0)
            #expect(none == nil)
            let file = try File.openForUpdate(path)
            try file.write(content.span, at: 4)
            #expect(try file.read(100, at: 8) == Array(content.dropFirst(4)))
            #expect(try file.read(4, at: 0) == [0, 0, 0, 0])
            #expect(try file.read(4, at: 100).isEmpty)
            let start = try File.openForReading(path)?.read(4, at: 4)
            #expect(start == Array("some".utf8))
            try file.truncate(to: 6)
            #expect(try File.read(path) == [0, 0, 0, 0] + Array("so".utf8))
        }
    }

    @Test func `says that it was changed when it is told to`() throws {
        try withTemporaryDirectory { directory in
            let time = WallTime(nanoseconds: 946_684_800_000_000_001)
            let accessed = try File.status(directory)?.accessed
            try File.setModified(directory, time)
            #expect(try File.status(directory)?.modified == time)
            #expect(try File.status(directory)?.accessed == accessed)
            _ = try File.create("\(directory)/file", with: content.span)
            #expect(try File.status(directory)?.modified != time)
        }
    }

    @Test func `cannot be made where a path is not writable`() throws {
        try withTemporaryDirectory { directory in
            try File.checkWritable(directory)
            #expect(throws: PlatformError.self) { try File.checkWritable("\(directory)/none") }
        }
    }

    @Test func `replaces another without waiting for the disk too`() throws {
        try withTemporaryDirectory { directory in
            let path = "\(directory)/file"
            let old = [UInt8]("old".utf8)
            try File.replace(path, with: old.span, durably: false)
            try File.replace(path, with: content.span, mode: 0o600, durably: false)
            #expect(try File.read(path) == content)
            #expect(try Directory.list(directory) == ["file"])
        }
    }
}
