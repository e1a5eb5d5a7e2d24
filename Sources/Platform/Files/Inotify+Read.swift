import Glibc

extension Inotify {
    /// What has changed since the last read, oldest first; empty means nothing has.
    package borrowing func read() throws(PlatformError) -> [Event] {
        let number = descriptor.rawValue
        var buffer = [UInt8](repeating: 0, count: Self.bufferSize)
        var span = buffer.mutableSpan
        return try unsafe span.withUnsafeMutableBytes { bytes throws(PlatformError) in
            var events: [Event] = []
            while true {
                let count = try nonblocking("read file changes") {
                    unsafe Glibc.read(number, bytes.baseAddress, bytes.count)
                }
                guard let count else { return events }
                unsafe Self.parse(UnsafeRawBufferPointer(rebasing: bytes[..<count]), into: &events)
            }
        }
    }

    /// Room for dozens of events with the longest names.
    private static let bufferSize = 16 << 10

    private static func parse(_ bytes: UnsafeRawBufferPointer, into events: inout [Event]) {
        let headerSize = MemoryLayout<inotify_event>.size
        var rest = unsafe bytes[...]
        while unsafe rest.count >= headerSize {
            let header = unsafe UnsafeRawBufferPointer(rebasing: rest).loadUnaligned(
                as: inotify_event.self)
            unsafe rest.removeFirst(headerSize)
            // The kernel pads a name with NULs.
            let name = unsafe rest.prefix(Int(header.len)).prefix { $0 != 0 }
            unsafe events.append(Event(header, name: String(decoding: name, as: UTF8.self)))
            unsafe rest.removeFirst(min(rest.count, Int(header.len)))
        }
    }
}

extension Inotify.Event {
    fileprivate init(_ header: inotify_event, name: String) {
        let watch = Inotify.Watch(rawValue: header.wd)
        let mask = CInt(bitPattern: header.mask)
        let isOver = mask & (IN_IGNORED | IN_MOVE_SELF | IN_UNMOUNT) != 0
        self =
            if mask & IN_Q_OVERFLOW != 0 { .overflow } else if isOver { .ended(watch) } else {
                .changed(watch, Inotify.Change(mask), name: name)
            }
    }
}

extension Inotify.Change {
    fileprivate init(_ mask: CInt) {
        self =
            switch mask {
            case _ where mask & IN_CREATE != 0: .created
            case _ where mask & IN_CLOSE_WRITE != 0: .written
            case _ where mask & IN_MOVED_TO != 0: .movedIn
            case _ where mask & IN_MOVED_FROM != 0: .movedOut
            case _ where mask & (IN_DELETE | IN_DELETE_SELF) != 0: .removed
            default: .other
            }
    }
}
