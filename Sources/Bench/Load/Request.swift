import Platform

/// What a client sends.
package struct Request: Hashable, Sendable {
    package let bytes: [UInt8]
    /// Whether the answer is what was sent, with the times in it.
    let isEcho: Bool

    /// Bytes that the service at the other end answers, with whatever it is.
    package init(_ bytes: [UInt8]) {
        self.bytes = bytes
        isEcho = false
    }

    private init(_ task: ServerTask) {
        bytes = [task.rawValue] + Array(repeating: 0, count: Stamps.size - 1)
        isEcho = task == .echo
    }

    /// What a `LoadServer` sends back.
    package static let echo = Request(.echo)
    /// What a `LoadServer` takes and counts.
    static let swallow = Request(.swallow)
}

/// What a `LoadServer` is to do with a connection or a datagram: its first byte.
enum ServerTask: UInt8 {
    case echo = 0x65
    case swallow = 0x73
}

/// The times that a request carries, so that an answer tells all by itself, however late it comes.
///
/// As long as many a question is, and a UDP datagram of it does not fill the smallest frame.
enum Stamps {
    static let size = 18
    /// Where the time is at which the request was to begin.
    private static let begun = 2
    /// Where the server puts the time at which it took the connection.
    private static let accepted = 10

    static func setBegun(_ time: MonotonicTime, in bytes: inout [UInt8]) {
        var span = bytes.mutableSpan
        write(time, at: begun, in: &span)
    }

    static func setAccepted(_ time: MonotonicTime, in bytes: inout MutableSpan<UInt8>) {
        write(time, at: accepted, in: &bytes)
    }

    static func begun(in bytes: [UInt8]) -> MonotonicTime { read(at: begun, in: bytes) }

    static func accepted(in bytes: [UInt8]) -> MonotonicTime { read(at: accepted, in: bytes) }

    private static func write(
        _ time: MonotonicTime, at offset: Int, in bytes: inout MutableSpan<UInt8>
    ) {
        for index in 0..<8 {
            bytes[offset + index] = UInt8(truncatingIfNeeded: time.nanoseconds >> (8 * index))
        }
    }

    private static func read(at offset: Int, in bytes: [UInt8]) -> MonotonicTime {
        var value: Int64 = 0
        for index in 0..<8 { value |= Int64(bytes[offset + index]) << (8 * index) }
        return MonotonicTime(nanoseconds: value)
    }
}
