import Testing
import TestSupport

@testable import Platform

struct `Watching files` {
    private let nothing: [UInt8] = []

    @Test func `tells names that come, change and go`() throws {
        try withTemporaryDirectory { directory in
            let inotify = try Inotify()
            let watch = try inotify.watch(directory)
            #expect(try inotify.read().isEmpty)

            try File.link("\(directory)/link", to: "x")
            try File.remove("\(directory)/link")
            #expect(
                try inotify.read() == [
                    .changed(watch, .created, name: "link"),
                    .changed(watch, .removed, name: "link"),
                ])
        }
    }

    @Test func `tells of a file replaced in one step by its own name`() throws {
        try withTemporaryDirectory { directory in
            let inotify = try Inotify()
            let watch = try inotify.watch(directory)
            try File.replace("\(directory)/file", with: nothing.span)
            #expect(try inotify.descriptor.wait(for: .read, until: .now))
            #expect(try inotify.read().last == .changed(watch, .movedIn, name: "file"))
        }
    }

    @Test func `tells when the directory itself is gone`() throws {
        try withTemporaryDirectory { directory in
            let inotify = try Inotify()
            try Directory.create("\(directory)/sub")
            let watch = try inotify.watch("\(directory)/sub")
            try Directory.remove("\(directory)/sub")
            #expect(try inotify.read().last == .ended(watch))
        }
    }

    @Test func `tells that it lost events`() throws {
        try withTemporaryDirectory { directory in
            let inotify = try Inotify()
            _ = try inotify.watch(directory)
            let room = try #require(Int(try Sysctl("fs.inotify.max_queued_events").read()))
            // Alternating, or the kernel would merge equal events.
            for _ in 0...room / 2 {
                try File.link("\(directory)/a", to: "x")
                try File.remove("\(directory)/a")
            }
            #expect(try inotify.read().last == .overflow)
        }
    }

    @Test func `a path that is missing is refused`() throws {
        let inotify = try Inotify()
        let error = #expect(throws: PlatformError.self) { try inotify.watch("/nowhere") }
        #expect(error?.isVanished == true)
    }
}
