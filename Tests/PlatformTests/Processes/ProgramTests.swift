import TestSupport
import Testing

@testable import Platform

struct `Running a command` {
    @Test(arguments: [false, true])
    func `gives its output, errors and exit code`(isBound: Bool) throws {
        var program = Program(
            "sh", ["-c", "cat; echo $NAME >&2; exit 3"], environment: ["NAME=weft"],
            input: [UInt8]("hello".utf8))
        program.isBound = isBound
        let outcome = try program.run()
        #expect(outcome.status == .exited(3))
        #expect(String(decoding: outcome.output, as: UTF8.self) == "hello")
        #expect(String(decoding: outcome.errors, as: UTF8.self) == "weft\n")
    }

    @Test func `carries more than a pipe holds, both ways`() throws {
        let input = [UInt8](repeating: 7, count: 1 << 20)
        let outcome = try Program("cat", input: input).run()
        #expect(outcome.output == input)
    }

    @Test func `a program that dies by a signal says which`() throws {
        let outcome = try Program("sh", ["-c", "kill -TERM $$"]).run()
        #expect(outcome.status == .killed(.terminate))
    }

    @Test func `a program that takes too long is killed with its children`() throws {
        let start = MonotonicTime.now
        let error = #expect(throws: PlatformError.self) {
            try Program("sh", ["-c", "sleep 60 & sleep 60"], limit: .milliseconds(50)).run()
        }
        #expect(error?.code == .timedOut)
        #expect(MonotonicTime.now - start < .seconds(10))
    }

    @Test func `a program that never stops talking is killed in time too`() {
        let error = #expect(throws: PlatformError.self) {
            try Program("yes", outputLimit: 1 << 30, limit: .milliseconds(50)).run()
        }
        #expect(error?.code == .timedOut)
    }

    @Test func `a child left behind does not keep us waiting`() throws {
        let start = MonotonicTime.now
        let outcome = try Program("sh", ["-c", "sleep 60 & echo $!"], limit: .seconds(50)).run()
        #expect(MonotonicTime.now - start < .seconds(40))
        let left = String(decoding: outcome.output.dropLast(), as: UTF8.self)
        #expect(try Program("kill", [left]).run().status.isSuccess)
    }

    @Test func `a program that says too much is an error, not a cut answer`() {
        let error = #expect(throws: PlatformError.self) {
            try Program("cat", ["/dev/zero"], outputLimit: 1 << 20).run()
        }
        #expect(error?.code == .messageTooLong)
    }

    @Test(arguments: ["weft-no-such-program", "/nowhere/weft"], [false, true])
    func `a missing program is named with what to do`(program: String, isBound: Bool) {
        var words = Program(program, ["-x"])
        words.isBound = isBound
        let missing = words
        let error = #expect(throws: PlatformError.self) { try missing.run() }
        #expect(error?.isVanished == true)
        #expect(error?.description.contains("\(program) -x") == true)
        #expect(error?.description.contains("install \(program)") == true)
    }

    @Test func `an argument with a NUL is refused`() {
        #expect(throws: PlatformError.self) { try Program("true", ["a\0b"]).run() }
        #expect(throws: PlatformError.self) { try Program("true", environment: ["a\0b"]).run() }
    }

    @Test(arguments: [false, true])
    func `inherits no descriptor but the three standard ones`(isBound: Bool) throws {
        var program = Program("ls", ["/proc/self/fd"])
        program.isBound = isBound
        let outcome = try program.run()
        // The fourth is the directory ls itself reads.
        #expect(String(decoding: outcome.output, as: UTF8.self) == "0\n1\n2\n3\n")
    }

    @Test(.requiresRoot) func `runs in the namespace of the thread that starts it`() throws {
        let namespace = try NetworkNamespace.anonymous()
        let outcome = try namespace.run { () throws(PlatformError) in
            try Program("readlink", ["/proc/self/ns/net"]).run()
        }
        let inode = String(try namespace.identity.inode)
        #expect(String(decoding: outcome.output, as: UTF8.self) == "net:[\(inode)]\n")
    }
}
