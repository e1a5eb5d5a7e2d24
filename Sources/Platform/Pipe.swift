import CLinux
import Glibc

/// A pipe's two ends.
package struct Pipe: ~Copyable, Sendable {
    package let reader: Descriptor
    package let writer: Descriptor

    package init() throws(PlatformError) {
        var ends: [2 of CInt] = [-1, -1]
        var span = ends.mutableSpan
        _ = try unsafe span.withUnsafeMutableBufferPointer { ends throws(PlatformError) in
            try syscall("open pipe") { unsafe weft_pipe(ends.baseAddress) }
        }
        self.reader = Descriptor(owning: ends[0])
        self.writer = Descriptor(owning: ends[1])
    }
}

extension Pipe {
    /// The reading end alone: with no writer left here, the end of the other side is noticed.
    package consuming func intoReader() -> Descriptor { reader }
}
