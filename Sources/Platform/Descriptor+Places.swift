import CLinux
import Glibc

extension Descriptor {
    /// A file without a name, in memory, which is gone with its last descriptor.
    package static func memoryFile() throws(PlatformError) -> Descriptor {
        Descriptor(owning: try syscall("make file in memory") { weft_memory_file() })
    }

    /// Reads at a place in a file, less than asked for where the file ends.
    package borrowing func read(_ count: Int, at offset: Int) throws(PlatformError) -> [UInt8] {
        let number = rawValue
        var bytes: [UInt8] = []
        // Swift's array would write to the one empty array that all threads share.
        guard count > 0 else { return bytes }
        try bytes.append(addingCapacity: count) { output throws(PlatformError) in
            try unsafe output.withUnsafeMutableBufferPointer {
                buffer, filled throws(PlatformError) in
                filled = try syscall("read") {
                    unsafe pread(number, buffer.baseAddress, count, offset)
                }
            }
        }
        return bytes
    }

    /// Writes all of the bytes at a place in a file.
    package borrowing func write(
        _ bytes: Span<UInt8>, at offset: Int
    ) throws(PlatformError) {
        let number = rawValue
        try unsafe bytes.withUnsafeBytes { bytes throws(PlatformError) in
            var written = 0
            while written < bytes.count {
                let rest = unsafe UnsafeRawBufferPointer(rebasing: bytes[written...])
                written += try syscall("write") {
                    unsafe pwrite(number, rest.baseAddress, rest.count, offset + written)
                }
            }
        }
    }

    /// Cuts a file off, or fills it up with zeros, to a size.
    package borrowing func truncate(to size: Int) throws(PlatformError) {
        let number = rawValue
        _ = try syscall("truncate") { ftruncate(number, size) }
    }
}
