import CLinux

/// The machine's clock.
package enum Clock {
    /// Whether a program keeps it right by others' clocks, as the kernel knows.
    package static var isSynchronized: Bool {
        get throws(PlatformError) {
            try syscall("look at the clock") { weft_clock_is_synchronized() } == 1
        }
    }
}
