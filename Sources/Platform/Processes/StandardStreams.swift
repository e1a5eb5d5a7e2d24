import CLinux
import Glibc

/// One of the two streams a program writes to.
package struct StandardStream: Sendable {
    private let number: CInt

    package static let output = StandardStream(number: STDOUT_FILENO)
    package static let error = StandardStream(number: STDERR_FILENO)

    /// Writes the whole text, in as many calls as the other end needs.
    package func write(_ text: String) throws(PlatformError) {
        let bytes = text.utf8.span
        var written = 0
        while written < bytes.count {
            let rest = bytes.extracting(droppingFirst: written)
            written += try unsafe rest.withUnsafeBytes { bytes throws(PlatformError) in
                try syscall("write to stream", "\(number)") {
                    unsafe Glibc.write(number, bytes.baseAddress, bytes.count)
                }
            }
        }
    }
}

extension StandardStream {
    /// How wide the terminal is that shows the stream; nil when nobody sees it at once.
    package var terminalColumns: Int? {
        let columns = weft_terminal_columns(number)
        return switch columns {
        case ..<0: nil
        case 0: Self.usualColumns
        default: Int(columns)
        }
    }

    private static let usualColumns = 80
}

/// The stream a program reads.
package enum StandardInput {
    private static let chunk = 16 * 1024

    /// Reads to the end; more than `limit` bytes is an error, so nobody can fill the memory.
    ///
    /// With `patience` (milliseconds) an input that stays silent that long is an empty one.
    package static func read(
        limit: Int, patience: CInt? = nil
    ) throws(PlatformError) -> [UInt8] {
        if let patience, try !isReadable(within: patience) { return [] }
        var bytes: [UInt8] = []
        while let more = try readChunk() {
            bytes += more
            guard bytes.count <= limit else {
                throw PlatformError(.fileTooLarge, "read standard input", "over \(limit) bytes")
            }
        }
        return bytes
    }

    private static func isReadable(within patience: CInt) throws(PlatformError) -> Bool {
        var poll = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
        return try syscall("wait for standard input") { unsafe Glibc.poll(&poll, 1, patience) } > 0
    }

    /// The next bytes, or nil at the end.
    private static func readChunk() throws(PlatformError) -> [UInt8]? {
        var failure: PlatformError?
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: chunk) { buffer, count in
            do throws(PlatformError) {
                count = try syscall("read standard input") {
                    unsafe Glibc.read(STDIN_FILENO, buffer.baseAddress, buffer.count)
                }
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        return bytes.isEmpty ? nil : bytes
    }
}
