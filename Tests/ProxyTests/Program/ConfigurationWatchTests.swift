import Platform
import TestSupport
import Testing

@testable import Proxy

@Suite struct `A configuration that changes` {
    private func write(_ text: String, to path: String) throws {
        try File.replace(path, with: text.utf8.span)
    }

    /// Whether what is done to the file is noticed while one waits.
    private func notices(
        _ path: String, within patience: Duration = .patience, _ change: () throws -> Void
    ) throws -> Bool {
        let isChanged = Flag()
        let watch = try ConfigurationWatch(path) { isChanged.set() }
        defer { extendLifetime(watch) }
        try change()
        let deadline = MonotonicTime.now + patience
        while !isChanged.isSet, MonotonicTime.now < deadline { sleep(for: .milliseconds(5)) }
        return isChanged.isSet
    }

    @Test func `S117 other content is told`() throws {
        try withTemporaryDirectory { directory in
            let path = "\(directory)/config.conf"
            try write("a: 1\n", to: path)
            #expect(try notices(path) { try write("a: 2\n", to: path) })
        }
    }

    @Test(.requiresRoot)
    func `S117 a ConfigMap's links that lead to other content are told`() throws {
        try withTemporaryDirectory { directory in
            for (version, text) in [("1", "a: 1\n"), ("2", "a: 2\n")] {
                try Directory.create("\(directory)/\(version)", mode: 0o700)
                try write(text, to: "\(directory)/\(version)/config.conf")
            }
            let host = try Lab().host("node")
            try host.command("ln", ["-s", "1", "\(directory)/..data"])
            try host.command("ln", ["-s", "..data/config.conf", "\(directory)/config.conf"])
            #expect(
                try notices("\(directory)/config.conf") {
                    try host.command("ln", ["-s", "2", "\(directory)/..data_tmp"])
                    try host.command(
                        "mv", ["-T", "\(directory)/..data_tmp", "\(directory)/..data"])
                })
        }
    }

    @Test func `the same content, other files and a file that is gone are not`() throws {
        try withTemporaryDirectory { directory in
            let path = "\(directory)/config.conf"
            try write("a: 1\n", to: path)
            let noticed = try notices(path, within: .milliseconds(500)) {
                try write("b: 1\n", to: "\(directory)/other.conf")
                try write("a: 1\n", to: path)
                _ = try File.remove(path)
            }
            #expect(!noticed)
        }
    }
}
