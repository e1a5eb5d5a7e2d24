import CLinux
import Glibc

/// Wakes an event loop from any thread; harmless after the loop's end.
package final class Waker: Sendable {
    let descriptor: Descriptor

    init() throws(PlatformError) {
        self.descriptor = Descriptor(
            owning: try syscall("open event counter") { weft_eventfd() })
    }

    /// Makes the loop's wait return, now or the next time; many calls may be one event.
    package func wake() {
        var one: UInt64 = 1
        // Can only fail when the counter is at its limit, and then the loop wakes anyway.
        _ = unsafe write(descriptor.rawValue, &one, MemoryLayout<UInt64>.size)
    }

    func reset() {
        var count: UInt64 = 0
        _ = unsafe read(descriptor.rawValue, &count, MemoryLayout<UInt64>.size)
    }
}
