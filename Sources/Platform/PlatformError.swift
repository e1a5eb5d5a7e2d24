/// A system call that failed: what was tried, on what, and the kernel's answer.
package struct PlatformError: Error, Hashable, Sendable {
    package let code: Errno
    package let operation: String
    package let subject: String

    package init(_ code: Errno, _ operation: String, _ subject: String = "") {
        self.code = code
        self.operation = operation
        self.subject = subject
    }
}

extension PlatformError: CustomStringConvertible {
    package var description: String {
        let what = subject.isEmpty ? operation : "\(operation) \(subject)"
        return advice.map { "\(what): \(code) (\($0))" } ?? "\(what): \(code)"
    }

    /// What the person who reads the error can do about it, where that does not depend on the call.
    private var advice: String? {
        switch code {
        case .notPermitted: "run as root, or with CAP_NET_ADMIN and CAP_SYS_ADMIN"
        case .tooManyOpenFiles: "raise the descriptor limit: LimitNOFILE= or ulimit -n"
        case .tooManyOpenFilesInSystem: "raise the sysctl fs.file-max"
        case .noSpace: "free space or inodes on that file system"
        default: nil
        }
    }
}
