import Testing

@testable import Platform

struct `Foreign descriptors` {
    @Test func `are ready as one, and say which`() throws {
        let foreign = try ForeignDescriptors()
        var ready: [ForeignDescriptors.Ready] = []
        let one = try Pipe()
        let two = try Pipe()
        try foreign.watch(one.reader.rawValue, .read, token: 1)
        try foreign.watch(two.writer.rawValue, [], token: 2)
        #expect(try !foreign.descriptor.wait(for: .read, until: .now))

        try one.writer.write([1].span)
        try foreign.watch(two.writer.rawValue, .write, token: 3)
        #expect(try foreign.descriptor.wait(for: .read, until: .now))
        try foreign.poll(into: &ready)
        #expect(Set(ready.map(\.token)) == [1, 3])
        #expect(ready.first { $0.token == 3 }?.readiness == .write)

        foreign.forget(one.reader.rawValue)
        foreign.forget(two.writer.rawValue)
        foreign.forget(two.writer.rawValue)
        ready = []
        try foreign.poll(into: &ready)
        #expect(ready.isEmpty)
    }

    @Test func `have a deadline that makes them ready until it is set again`() throws {
        let foreign = try ForeignDescriptors()
        var ready: [ForeignDescriptors.Ready] = []
        let deadline = MonotonicTime.now + .milliseconds(3)
        try foreign.setDeadline(deadline)
        #expect(try foreign.descriptor.wait(for: .read, until: .now + .seconds(60)))
        #expect(MonotonicTime.now >= deadline)
        try foreign.poll(into: &ready)
        #expect(ready.isEmpty)
        #expect(try foreign.descriptor.wait(for: .read, until: .now))
        for deadline in [nil, MonotonicTime.now + .seconds(60)] {
            try foreign.setDeadline(deadline)
            #expect(try !foreign.descriptor.wait(for: .read, until: .now))
        }
        try foreign.setDeadline(MonotonicTime(nanoseconds: 0))
        #expect(try foreign.descriptor.wait(for: .read, until: .now))
    }
}
