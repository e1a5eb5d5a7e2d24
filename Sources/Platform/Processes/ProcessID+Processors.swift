import CLinux
import Glibc

extension ProcessID {
    /// Keeps all threads that the process has, and those that they start, on some processors.
    package func place(on processors: [Int]) throws(PlatformError) {
        // No processor has the largest number, which stands for all that are none.
        let numbers = processors.map { UInt32(exactly: $0) ?? .max }
        for task in try Directory.list("/proc/\(rawValue)/task").compactMap({ pid_t($0) }) {
            do throws(PlatformError) {
                _ = try syscall("place a thread on processors", "\(processors)") {
                    unsafe numbers.withUnsafeBufferPointer {
                        unsafe weft_task_place(task, $0.baseAddress, CInt($0.count))
                    }
                }
            } catch  where error.code == .noSuchProcess {
                // It has ended meanwhile.
                continue
            }
        }
    }
}
