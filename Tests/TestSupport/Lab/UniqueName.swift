import Platform
import Synchronization

extension Lab {
    /// A name no other test on this machine uses now, short enough for a link.
    package static func uniqueName(_ prefix: String) -> String {
        let number = counter.add(1, ordering: .relaxed).newValue
        // 15 bytes hold 7 of process number, 1 dash, 5 of counter and 2 of prefix.
        return "\(prefix)\(ProcessID.current.rawValue)-\(number)"
    }

    private static let counter = Atomic<Int>(0)
}
