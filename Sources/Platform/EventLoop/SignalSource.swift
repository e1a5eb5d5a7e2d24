import CLinux
import Glibc

/// Signals as something to read instead of something that interrupts.
package struct SignalSource: ~Copyable, Sendable {
    let descriptor: Descriptor

    /// Blocks signals in this thread and all it starts: to be called before any other starts.
    package static func block(_ signals: [Signal]) throws(PlatformError) {
        let numbers = signals.map(\.rawValue)
        _ = try syscall("block signals") { unsafe weft_signals_block(numbers, numbers.count) }
    }

    /// Blocks and then delivers signals.
    init(_ signals: [Signal]) throws(PlatformError) {
        try Self.block(signals)
        let numbers = signals.map(\.rawValue)
        self.descriptor = Descriptor(
            owning: try syscall("receive signals") {
                unsafe weft_signalfd(numbers, numbers.count)
            })
    }

    /// The next signal, if one has come.
    func next() throws(PlatformError) -> Signal? {
        let number = descriptor.rawValue
        return try nonblocking("receive signal") { weft_signalfd_read(number) }
            .map { Signal(rawValue: $0) }
    }
}
