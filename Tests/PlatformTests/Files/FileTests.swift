import Testing
import TestSupport

@testable import Platform

struct `A file` {
    private let content = [UInt8]("some content".utf8)

    @Test func `is replaced whole, with the mode asked for, and nothing left beside it`() throws {
        try withTemporaryDirectory { directory in
            let path = "\(directory)/file"
            try File.replace(path, with: "old and longer".utf8.span, mode: 0o600)
            try File.replace(path, with: content.span, mode: 0o666)
            #expect(try File.read(path) == content)
            #expect(try File.status(path)?.mode == 0o666)
            #expect(try Directory.list(directory) == ["file"])
        }
    }

    @Test func `a failed replacement leaves no temporary file and names the target`() throws {
        try withTemporaryDirectory { directory in
            try Directory.create("\(directory)/taken/by")
            let error = #expect(throws: PlatformError.self) {
                try File.replace("\(directory)/taken", with: content.span)
            }
            #expect(error?.subject == "\(directory)/taken")
            #expect(try Directory.list(directory) == ["taken"])
        }
    }

    @Test func `is read up to the limit and refused beyond it`() throws {
        try withTemporaryDirectory { directory in
            let path = "\(directory)/file"
            try File.replace(path, with: content.span)
            #expect(try File.read(path, limit: content.count) == content)
            let error = #expect(throws: PlatformError.self) {
                try File.read(path, limit: content.count - 1)
            }
            #expect(error?.code == .fileTooLarge)
        }
    }

    @Test func `without a size is read to its end`() throws {
        #expect(try File.read("/proc/self/status").starts(with: "Name:".utf8))
        let error = #expect(throws: PlatformError.self) {
            try File.read("/dev/zero", limit: 10_000)
        }
        #expect(error?.code == .fileTooLarge)
    }

    @Test func `that is a large one is read whole`() throws {
        try withTemporaryDirectory { directory in
            let large = (0..<300_000).map { UInt8(truncatingIfNeeded: $0) }
            try File.replace("\(directory)/file", with: large.span)
            #expect(try File.read("\(directory)/file") == large)
        }
    }

    @Test func `is removed once, and then was not there`() throws {
        try withTemporaryDirectory { directory in
            try File.replace("\(directory)/file", with: content.span)
            #expect(try File.remove("\(directory)/file"))
            #expect(try !File.remove("\(directory)/file"))
        }
    }

    @Test func `its status tells kinds apart and follows links only when asked`() throws {
        try withTemporaryDirectory { directory in
            try File.replace("\(directory)/file", with: content.span)
            try File.link("\(directory)/link", to: "file")
            #expect(try File.status("\(directory)/link")?.kind == .file)
            #expect(try File.status("\(directory)/link")?.size == Int64(content.count))
            #expect(try File.linkStatus("\(directory)/link")?.kind == .link)
            #expect(try File.status(directory)?.kind == .directory)
            #expect(try File.status("\(directory)/none") == nil)
        }
    }
}
