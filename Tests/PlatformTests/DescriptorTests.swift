import TestSupport
import Testing

@testable import Platform

struct `A descriptor` {
    @Test func `is closed with its owner, whose duplicate lives on`() throws {
        let pipe = try Pipe()
        let duplicate = try pipe.writer.duplicate()
        let reader = pipe.intoReader()
        var bytes: [UInt8] = [0]
        #expect(try !reader.wait(for: .read, until: .now))
        try duplicate.write([7].span)
        _ = consume duplicate

        var span = bytes.mutableSpan
        #expect(try reader.read(into: &span) == 1)
        #expect(bytes == [7])
        span = bytes.mutableSpan
        #expect(try reader.read(into: &span) == 0)
    }

    @Test func `waits no longer than the deadline`() throws {
        let pipe = try Pipe()
        let deadline = MonotonicTime.now + .milliseconds(3)
        #expect(try !pipe.reader.wait(for: .read, until: deadline))
        #expect(MonotonicTime.now >= deadline)
        #expect(try pipe.writer.wait(for: .write, until: .now))
    }

    @Test func `made nonblocking has nothing instead of waiting`() throws {
        let pipe = try Pipe()
        try pipe.reader.makeNonblocking()
        var bytes: [UInt8] = []
        try bytes.append(addingCapacity: 4) { output throws(PlatformError) in
            #expect(try pipe.reader.read(appendingTo: &output) == nil)
            try pipe.writer.write([1, 2].span)
            #expect(try pipe.reader.read(appendingTo: &output) == 2)
        }
        #expect(bytes == [1, 2])
    }
}
