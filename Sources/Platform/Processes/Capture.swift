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
    mutating func drain(upTo limit: Int, of program: Program) throws(PlatformError) {
        while isOpen {
            guard let count = try append() else { return }
            isOpen = count > 0
            if bytes.count > limit {
                throw PlatformError(
                    .messageTooLong, "run", "\(program)",
                    remedy: "killed: it wrote more than \(limit) bytes")
            }
        }
    }

    private mutating func append() throws(PlatformError) -> Int? {
        var count: Int?
        try bytes.append(addingCapacity: Self.chunk) { output throws(PlatformError) in
            count = try reader.read(appendingTo: &output)
        }
        return count
    }

    private static let chunk = 1 << 16
}
