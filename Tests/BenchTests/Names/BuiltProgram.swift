import Platform
import TestSupport

/// The path of a program that was built together with these tests.
func builtProgram(_ name: String) throws -> String {
    // The bundle of tests is named on the command line, and lies beside the programs.
    let words = String(decoding: try File.read("/proc/self/cmdline"), as: UTF8.self)
        .split(separator: "\0").filter { $0.hasPrefix("/") }
    for word in words {
        var parts = word.split(separator: "/")
        while !parts.isEmpty {
            parts.removeLast()
            let path = "/" + (parts + [Substring(name)]).joined(separator: "/")
            if try File.status(path)?.kind == .file { return path }
        }
    }
    throw LabError("\(name) is not built beside the tests: swift build builds both")
}
