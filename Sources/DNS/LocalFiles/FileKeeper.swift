package import Platform

/// Looks at files on a thread of its own, for as long as it is kept.
package final class FileKeeper {
    private let thread: Thread
    private let waker: Waker
    private let isStopped: Flag
    private let isHurried = SharedFlag()

    /// Nil if there are no files.
    package init?(
        _ files: [any RereadFile], report: @escaping @Sendable (ServiceReport) -> Void
    ) throws(PlatformError) {
        if files.isEmpty { return nil }
        let loop = try EventLoop<FileNumber>()
        let (waker, isStopped) = (loop.waker, Flag())
        let work = FileWork(loop: loop, files: files, isHurried: isHurried, report: report)
        thread = try Thread(owning: work) { $0.run(until: isStopped) }
        self.waker = waker
        self.isStopped = isStopped
    }

    deinit {
        isStopped.set()
        waker.wake()
    }

    /// Looks at all files now, those included that are never looked at again.
    package func hurry() {
        isHurried.raise()
        waker.wake()
    }
}

/// A file, as its place among all.
private struct FileNumber: RawRepresentable, Sendable {
    let rawValue: UInt64
}

private struct FileWork: ~Copyable, Sendable {
    var loop: EventLoop<FileNumber>
    let files: [any RereadFile]
    let isHurried: SharedFlag
    let report: @Sendable (ServiceReport) -> Void

    consuming func run(until isStopped: Flag) {
        for number in files.indices { schedule(number) }
        var events: [Event<FileNumber>] = []
        while !isStopped.isSet, (try? loop.wait(into: &events)) != nil {
            if isHurried.take() { for number in files.indices { look(number) } }
            for case .timer(let file) in events {
                look(Int(file.rawValue))
                schedule(Int(file.rawValue))
            }
        }
    }

    private func look(_ number: Int) {
        if let said = files[number].look() { report(said) }
    }

    private mutating func schedule(_ number: Int) {
        guard files[number].interval > .zero else { return }
        _ = loop.schedule(
            FileNumber(rawValue: UInt64(number)), at: .now + files[number].interval)
    }
}
