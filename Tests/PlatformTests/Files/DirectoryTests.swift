import Testing
import TestSupport

@testable import Platform

struct `A directory` {
    @Test func `is made with those above it, twice`() throws {
        try withTemporaryDirectory { directory in
            try Directory.create("\(directory)/a/b//c/", mode: 0o700)
            try Directory.create("\(directory)/a/b/c")
            #expect(try File.status("\(directory)/a/b/c")?.mode == 0o700)
        }
    }

    @Test func `is not made through a file`() throws {
        try withTemporaryDirectory { directory in
            try File.replace("\(directory)/file", with: [UInt8]().span)
            let error = #expect(throws: PlatformError.self) {
                try Directory.create("\(directory)/file")
            }
            #expect(error?.description.contains("in the way") == true)
        }
    }

    @Test func `lists every name, sorted`() throws {
        try withTemporaryDirectory { directory in
            let names = (100..<400).map { "name-\($0)" }
            for name in names.reversed() { try File.link("\(directory)/\(name)", to: "x") }
            #expect(try Directory.list(directory) == names)
        }
    }

    @Test func `one that is missing is an error to list, and none to remove`() throws {
        #expect(throws: PlatformError(.noSuchEntry, "list", "/nowhere")) {
            try Directory.list("/nowhere")
        }
        #expect(try !Directory.remove("/nowhere"))
    }
}
