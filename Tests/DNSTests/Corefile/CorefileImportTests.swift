import Testing

@testable import DNS

@Suite struct `Imports of a Corefile` {
    @Test func `a snippet stands wherever it is imported (D104)`() throws {
        let file = try corefile(
            "(common) {\n log\n cache 10 {\n  keepttl\n }\n}\n(short) { errors }\n"
                + "a {\n import common\n any\n import short\n}\nb {\n errors\n import common\n}\n")
        #expect(file.servers.map(\.log.count) == [1, 1])
        #expect(file.servers.map { $0.cache?.keepsTTL } == [true, true])
        #expect(file.servers.map { $0.errors != nil } == [true, true])
    }

    @Test func `a file holds blocks, directives or options, beside the file that imports it`()
        throws
    {
        let files = TextFiles(texts: [
            "/etc/dns/zones/b.conf": "b {\n import ../log.conf\n}\n",
            "/etc/dns/zones/a.conf": "a {\n cache {\n  import /etc/cache\n }\n}\n",
            "/etc/dns/zones/.hidden.conf": "a {\n}\n", "/etc/dns/zones/c.txt": "a {\n}\n",
            "/etc/dns/zones/../log.conf": "log\n", "/etc/cache": "keepttl\nservfail 1s",
            "/etc/dns/Corefile": "import zones/*.conf\nc {\n}\n",
        ])
        let file = try Corefile.load("/etc/dns/Corefile", from: files.source)
        #expect(file.servers.map(\.zones) == [try names("a"), try names("b"), try names("c")])
        #expect(file.servers[0].cache?.servfail == .seconds(1))
        #expect(file.servers[1].log.count == 1)
        #expect(
            file.files == [
                "/etc/dns/Corefile", "/etc/dns/zones/a.conf", "/etc/cache",
                "/etc/dns/zones/b.conf", "/etc/dns/zones/../log.conf",
            ])
    }

    @Test func `an error names the file it is in`() {
        let files = TextFiles(texts: ["x.conf": "log\n\ncahce\n"])
        #expect(
            problem("a {\n import x.conf\n}\n", files)
                == "x.conf:3: unknown directive \"cahce\": write cache")
    }

    @Test(arguments: [
        ("import f", "f:1: import: \"f\" is imported from within itself: leave this import out"),
        ("import g", "h:1: import: \"g\" is imported from within itself: leave this import out"),
        (
            "import Corefile",
            "Corefile:1: import: \"Corefile\" is imported from within itself: leave this import out"
        ),
        (
            "(s) {\n import s\n}\nimport s",
            "Corefile:2: import: \"(s)\" is imported from within itself: leave this import out"
        ),
        (
            "import no",
            "Corefile:1: import: no cannot be read: No such file or directory: no snippet is called \"no\" either: name a file or a snippet"
        ),
        (
            "import a b",
            "Corefile:1: import: has 2 values: write import FILE, import DIRECTORY/*, or import SNIPPET"
        ),
        (
            "import",
            "Corefile:1: import: has 0 values: write import FILE, import DIRECTORY/*, or import SNIPPET"
        ),
        (
            "import */f",
            "Corefile:1: import: \"*/f\" has a pattern for directories: only * and ? in the name of the file stand for others"
        ),
        ("(s)\nlog", "Corefile:1: snippet \"s\" has no block: write (s) {"),
        ("(s) {\n log", "Corefile:1: snippet \"s\" is never closed: end it with a line of }"),
        ("(s) {\n}\n(s) {\n}", "Corefile:3: snippet \"s\" is defined twice: rename one of them"),
    ])
    func `what cannot be imported is refused (X18)`(text: String, expected: String) {
        let files = TextFiles(texts: [
            "f": "import f", "g": "import h", "h": "import g", "Corefile": "import Corefile",
        ])
        #expect(problem(text, files) == expected)
    }

    /// Each file imports the next one ten times: without a limit, a thousand million imports.
    @Test func `imports that multiply come to an end (X18)`() {
        var files = TextFiles()
        for level in 0..<20 {
            files.texts["f\(level)"] = String(repeating: "import f\(level + 1)\n", count: 10)
        }
        files.texts["f20"] = "log\n"
        #expect(problem("import f0", files)?.contains("words are imported") == true)
    }

    @Test(arguments: [
        ("/d/*", ["a.conf", "b.conf", "ab"]), ("/d/*.conf", ["a.conf", "b.conf"]),
        ("/d/?.conf", ["a.conf", "b.conf"]), ("/d/a*", ["a.conf", "ab"]), ("/d/x*", []),
        ("/d/.*", [".c"]), ("/d/*a*.*f", ["a.conf"]),
    ])
    func `a pattern is for names of files`(pattern: String, expected: [String]) throws {
        let found = ["a.conf", "b.conf", "ab", ".c"]
        let texts = found.map { ("/d/\($0)", "chaos \($0)\n") }
        let files = TextFiles(texts: Dictionary(uniqueKeysWithValues: texts))
        let read = try corefile("x\nimport \(pattern)\n", files.onlyFirst).files.dropFirst()
        #expect(Set(read) == Set(expected.map { "/d/\($0)" }))
    }
}

extension TextFiles {
    /// The same files with nothing in them, so that any number can be imported into a block.
    fileprivate var onlyFirst: TextFiles { TextFiles(texts: texts.mapValues { _ in "" }) }
}
