/// A system call that failed: what was tried, on what, and the kernel's answer.
package struct PlatformError: Error, Hashable, Sendable {
    package let code: Errno
    package let operation: String
    package let subject: String
    /// What to do about it, where the failing call knows better than the error number.
    private let remedy: String?

    package init(
        _ code: Errno, _ operation: String, _ subject: String = "", remedy: String? = nil
    ) {
        self.code = code
        self.operation = operation
        self.subject = subject
        self.remedy = remedy
    }
}

extension PlatformError {
    /// Whether what the call was about is gone: a path, a process, an interface, a namespace.
    package var isVanished: Bool {
        switch code {
        case .noSuchEntry, .noSuchProcess, .noDevice, .noSuchDeviceOrAddress, .notDirectory: true
        default: false
        }
    }

    /// The same failure with advice on what to do about it.
    func advising(_ remedy: String) -> PlatformError {
        PlatformError(code, operation, subject, remedy: remedy)
    }
}

extension PlatformError: CustomStringConvertible {
    package var description: String {
        subject.isEmpty ? "\(operation): \(reason)" : "\(operation) \(subject): \(reason)"
    }

    /// The kernel's sentence for the code, and what the reader can do about it.
    package var reason: String {
        advice.map { "\(code) (\($0))" } ?? "\(code)"
    }

    private var advice: String? {
        if let remedy { return remedy }
        return switch code {
        case .notPermitted: "run as root, or with CAP_NET_ADMIN and CAP_SYS_ADMIN"
        case .tooManyOpenFiles: "raise the descriptor limit: LimitNOFILE= or ulimit -n"
        case .tooManyOpenFilesInSystem: "raise the sysctl fs.file-max"
        case .noSpace: "free space or inodes on that file system"
        default: nil
        }
    }
}
