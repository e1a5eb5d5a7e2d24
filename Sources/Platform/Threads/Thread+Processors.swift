import CLinux
import Glibc

extension Thread {
    /// The processors that the calling thread may use, by number.
    package static var allowedProcessors: [Int] {
        get throws(PlatformError) {
            var numbers = [UInt32](repeating: 0, count: Machine.mostProcessors)
            var span = numbers.mutableSpan
            let count = try unsafe span.withUnsafeMutableBufferPointer {
                room throws(PlatformError) in
                try syscall("ask for the processors of a thread") {
                    unsafe weft_thread_processors(room.baseAddress, CInt(room.count))
                }
            }
            return numbers.prefix(Int(count)).map(Int.init)
        }
    }

    /// Keeps the calling thread on one processor from now on.
    package static func pin(to processor: Int) throws(PlatformError) {
        try pin(pthread_self(), to: processor)
    }

    /// Keeps the thread on one processor from now on.
    package borrowing func pin(to processor: Int) throws(PlatformError) {
        try Self.pin(handle, to: processor)
    }

    private static func pin(_ thread: pthread_t, to processor: Int) throws(PlatformError) {
        // No processor has the largest number, which stands for all that are none.
        let number = UInt32(exactly: processor) ?? .max
        _ = try syscall("keep a thread on processor", "\(processor)") {
            weft_thread_pin(thread, number)
        }
    }
}

extension Thread {
    /// How long the thread has had a processor.
    package var processorTime: Duration {
        borrowing get throws(PlatformError) {
            let thread = handle
            return .nanoseconds(
                try syscall("read the clock of a thread") { weft_thread_time(thread) })
        }
    }
}
