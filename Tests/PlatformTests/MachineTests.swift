import Testing

@testable import Platform

struct `The machine` {
    @Test func `has a name and an identity of this boot`() throws {
        #expect(try !Machine.hostname.isEmpty)
        // A UUID as text.
        #expect(try Machine.bootID.utf8.count == 36)
    }

    @Test func `has as many processors as the kernel keeps times of`() throws {
        let text = String(decoding: try File.read("/proc/stat"), as: UTF8.self)
        // A line for each processor that is on, after one for all together.
        let lines = text.split(separator: "\n").filter { $0.hasPrefix("cpu") }
        #expect(Machine.processorCount == lines.count - 1)
    }

    @Test func `gives random bytes, all of those asked for`() throws {
        // More than one call of the kernel's answers.
        var bytes = [UInt8](repeating: 0, count: 100_000)
        var span = bytes.mutableSpan
        try fillRandom(&span)
        // A tail of zeros this long has a chance of 2^-512.
        #expect(bytes.suffix(64).contains { $0 != 0 })
        #expect(bytes.prefix(64) != bytes.suffix(64))
    }
}
