import CLinux
import Glibc

/// What a machine is called and when it was started.
package enum Machine {
    package static var hostname: String {
        get throws(PlatformError) { try Sysctl("kernel.hostname").read() }
    }

    /// The processors that are switched on, whether or not this process may use them all.
    package static var processorCount: Int { max(1, sysconf(CInt(_SC_NPROCESSORS_ONLN))) }

    /// More than any kernel is built for.
    static let mostProcessors = 8192

    /// A text that is another after every boot.
    package static var bootID: String {
        get throws(PlatformError) { try Sysctl("kernel.random.boot_id").read() }
    }
}

/// Fills a buffer with bytes that nobody can guess.
package func fillRandom(_ buffer: inout MutableSpan<UInt8>) throws(PlatformError) {
    try unsafe buffer.withUnsafeMutableBytes { bytes throws(PlatformError) in
        var rest = unsafe bytes[...]
        while unsafe !rest.isEmpty {
            let start = unsafe UnsafeMutableRawBufferPointer(rebasing: rest).baseAddress
            let count = try syscall("get random bytes") { unsafe weft_random(start, rest.count) }
            unsafe rest = rest.dropFirst(count)
        }
    }
}
