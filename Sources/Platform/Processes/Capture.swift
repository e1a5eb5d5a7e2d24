import Glibc

/// The end of a pipe that a child writes to, and what came through it.
struct Capture: ~Copyable {
    private let reader: Descriptor
    private var isOpen = true
    private(set) var bytes: [UInt8] = []

    init(_ reader: consuming Descriptor) throws(PlatformError) {
        try reader.makeNonblocking()
        self.reader = reader
    }

    /// What to poll for; a pipe that has ended would be ready for ever.
    var awaited: pollfd {
        pollfd(fd: isOpen ? reader.rawValue : -1, events: CShort(POLLIN), revents: 0)
    }

    /// Takes what is there without waiting.
    mutating func drain(upTo limit: Int, of command: Command) throws(PlatformError) {
        while isOpen {
            guard let count = try append() else { return }
            isOpen = count > 0
            if bytes.count > limit {
                throw PlatformError(
                    .messageTooLong, "run", "\(command)",
                    remedy: "killed: it wrote more than \(limit) bytes")
            }
        }
    }

    private mutating func append() throws(PlatformError) -> Int? {
        let number = reader.rawValue
        let start = bytes.count
        bytes.append(contentsOf: repeatElement(0, count: Self.chunk))
        var span = bytes.mutableSpan
        let count = try unsafe span.withUnsafeMutableBytes { bytes throws(PlatformError) in
            let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: bytes[start...])
            return try nonblocking("read a program's output") {
                unsafe read(number, rest.baseAddress, rest.count)
            }
        }
        bytes.removeLast(Self.chunk - (count ?? 0))
        return count
    }

    private static let chunk = 1 << 16
}
