import Glibc

extension Descriptor {
    /// Reads what there is, at most what the buffer holds; zero means the end.
    package borrowing func read(
        into buffer: inout MutableSpan<UInt8>
    ) throws(PlatformError) -> Int {
        let number = rawValue
        return try unsafe buffer.withUnsafeMutableBytes { bytes throws(PlatformError) in
            try syscall("read") { unsafe Glibc.read(number, bytes.baseAddress, bytes.count) }
        }
    }

    /// Reads what there is into the free rest of a buffer; zero means the end, nil nothing yet.
    package borrowing func read(
        appendingTo output: inout OutputSpan<UInt8>, of subject: @autoclosure () -> String = ""
    ) throws(PlatformError) -> Int? {
        let number = rawValue
        return try unsafe output.withUnsafeMutableBufferPointer {
            bytes, filled throws(PlatformError) in
            let rest = unsafe bytes[filled...]
            let count = try nonblocking("read", subject()) {
                unsafe Glibc.read(
                    number, UnsafeMutableBufferPointer(rebasing: rest).baseAddress, rest.count)
            }
            filled += count ?? 0
            return count
        }
    }

    /// Writes all of the bytes.
    package borrowing func write(_ bytes: Span<UInt8>) throws(PlatformError) {
        let number = rawValue
        try unsafe bytes.withUnsafeBytes { bytes throws(PlatformError) in
            var rest = unsafe bytes[...]
            while unsafe !rest.isEmpty {
                let count = try syscall("write") {
                    unsafe Glibc.write(
                        number, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                }
                unsafe rest = rest.dropFirst(count)
            }
        }
    }
}
