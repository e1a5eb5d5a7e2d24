import Platform
import TestSupport
import Testing

@testable import Kubernetes

@Suite struct `A file that is replaced` {
    private func at(_ seconds: Int64) -> MonotonicTime { Moment.at(seconds).monotonic }

    @Test func `it is read again when it changed`() throws {
        try withTemporaryDirectory { directory in
            let path = "\(directory)/token"
            try write("one\n", to: path)
            var file = CachedFile(path, .token)
            #expect(try file.refresh(at(0)) == nil)
            #expect(file.content == Secret("one"))
            try write("two\n", to: path)
            #expect(try file.refresh(at(1)) == nil)
            #expect(file.content == Secret("two"))
        }
    }

    @Test func `it is read every minute even if it looks the same`() throws {
        try withTemporaryDirectory { directory in
            let path = "\(directory)/token"
            try write("one", to: path)
            let before = try #require(try File.status(path))
            var file = CachedFile(path, .token)
            _ = try file.refresh(at(0))
            // In place: the same inode, size and time, as on file systems with coarse times.
            let descriptor = try File.openForUpdate(path)
            try descriptor.write("two".utf8.span)
            try File.setModified(path, before.modified)
            _ = try file.refresh(at(59))
            #expect(file.content == Secret("one"))
            _ = try file.refresh(at(60))
            #expect(file.content == Secret("two"))
        }
    }

    @Test func `links are followed, as kubelet swaps a directory below them`() throws {
        try withTemporaryDirectory { directory in
            for name in ["one", "two"] {
                try Directory.create("\(directory)/\(name)")
                try write(name, to: "\(directory)/\(name)/token")
            }
            try File.link("\(directory)/data", to: "one")
            try File.link("\(directory)/token", to: "data/token")
            var file = CachedFile("\(directory)/token", .token)
            _ = try file.refresh(at(0))
            #expect(file.content == Secret("one"))
            try File.remove("\(directory)/data")
            try File.link("\(directory)/data", to: "two")
            _ = try file.refresh(at(0))
            #expect(file.content == Secret("two"))
        }
    }

    @Test(arguments: [nil, "", "a b\u{07}c", "one\ntwo"])
    func `a bad replacement is told once, and the last good content stays`(bad: String?) throws {
        try withTemporaryDirectory { directory in
            let path = "\(directory)/token"
            try write("one", to: path)
            var file = CachedFile(path, .token)
            _ = try file.refresh(at(0))
            try File.remove(path)
            if let bad { try write(bad, to: path) }
            let warning = try #require(try file.refresh(at(1)))
            #expect(warning.contains(path) && warning.hasSuffix("known before stays in use"))
            #expect(try file.refresh(at(2)) == nil)
            #expect(try file.refresh(at(100)) == nil)
            #expect(file.content == Secret("one"))
            try write("three", to: path)
            #expect(try file.refresh(at(101)) == nil)
            #expect(file.content == Secret("three"))
            try File.remove(path)
            #expect(try file.refresh(at(102)) != nil)
        }
    }

    @Test func `without any content a failure is an error, and tried again at once`() throws {
        try withTemporaryDirectory { directory in
            let path = "\(directory)/token"
            var file = CachedFile(path, .token)
            #expect(throws: CredentialsError.self) { try file.refresh(at(0)) }
            try write("one", to: path)
            _ = try file.refresh(at(0))
            #expect(file.content == Secret("one"))
        }
    }

    @Test(
        arguments: [
            (ContentKind.certificates, Sample.key, "holds no certificate in PEM form"),
            (.key, Sample.certificate, "holds no private key in PEM form"),
            (.token, " \n", "token"),
        ])
    func `content must be of its kind`(kind: ContentKind, content: String, problem: String) throws {
        try withTemporaryDirectory { directory in
            try write(content, to: "\(directory)/file")
            var file = CachedFile("\(directory)/file", kind)
            let error = #expect(throws: CredentialsError.self) { try file.refresh(at(0)) }
            #expect(error?.problem.contains(problem) == true)
            #expect(error.map { !"\($0)".contains("HUSH") } == true)
        }
    }
}
