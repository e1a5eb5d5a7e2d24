import Glibc

/// A kernel error number.
package struct Errno: RawRepresentable, Hashable, Sendable, Error {
    package let rawValue: CInt

    package init(rawValue: CInt) { self.rawValue = rawValue }

    /// The calling thread's error number, to be read right after the failing call.
    package static var current: Errno { Errno(rawValue: errno) }

    /// Makes it the calling thread's error number, as a failing call does.
    func makeCurrent() { errno = rawValue }
}

extension Errno: CustomStringConvertible {
    /// The kernel's sentence for the number, as `strerror` gives it.
    package var description: String {
        // strerror_r's GNU variant is not imported; the XSI one writes into our buffer.
        unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: 128) { buffer in
            unsafe buffer.initialize(repeating: 0)
            guard let start = buffer.baseAddress else { return "error \(rawValue)" }
            _ = unsafe strerror_r(rawValue, start, buffer.count)
            return unsafe String(cString: start)
        }
    }
}

extension Errno {
    package static let notPermitted = Errno(rawValue: EPERM)
    package static let noSuchEntry = Errno(rawValue: ENOENT)
    package static let noSuchProcess = Errno(rawValue: ESRCH)
    package static let interrupted = Errno(rawValue: EINTR)
    package static let noSuchDeviceOrAddress = Errno(rawValue: ENXIO)
    package static let argumentListTooLong = Errno(rawValue: E2BIG)
    package static let badDescriptor = Errno(rawValue: EBADF)
    package static let wouldBlock = Errno(rawValue: EAGAIN)
    package static let outOfMemory = Errno(rawValue: ENOMEM)
    package static let accessDenied = Errno(rawValue: EACCES)
    package static let badAddress = Errno(rawValue: EFAULT)
    package static let busy = Errno(rawValue: EBUSY)
    package static let exists = Errno(rawValue: EEXIST)
    package static let noDevice = Errno(rawValue: ENODEV)
    package static let notDirectory = Errno(rawValue: ENOTDIR)
    package static let isDirectory = Errno(rawValue: EISDIR)
    package static let invalid = Errno(rawValue: EINVAL)
    package static let tooManyOpenFiles = Errno(rawValue: EMFILE)
    package static let tooManyOpenFilesInSystem = Errno(rawValue: ENFILE)
    package static let textFileBusy = Errno(rawValue: ETXTBSY)
    package static let fileTooLarge = Errno(rawValue: EFBIG)
    package static let noSpace = Errno(rawValue: ENOSPC)
    package static let tooManyLinks = Errno(rawValue: EMLINK)
    package static let readOnlyFileSystem = Errno(rawValue: EROFS)
    package static let brokenPipe = Errno(rawValue: EPIPE)
    package static let outOfRange = Errno(rawValue: ERANGE)
    package static let nameTooLong = Errno(rawValue: ENAMETOOLONG)
    package static let noSystemCall = Errno(rawValue: ENOSYS)
    package static let loop = Errno(rawValue: ELOOP)
    package static let noData = Errno(rawValue: ENODATA)
    package static let overflow = Errno(rawValue: EOVERFLOW)
    package static let messageTooLong = Errno(rawValue: EMSGSIZE)
    package static let `protocol` = Errno(rawValue: EPROTO)
    package static let protocolNotAvailable = Errno(rawValue: ENOPROTOOPT)
    package static let protocolNotSupported = Errno(rawValue: EPROTONOSUPPORT)
    package static let socketTypeNotSupported = Errno(rawValue: ESOCKTNOSUPPORT)
    package static let notSupported = Errno(rawValue: EOPNOTSUPP)
    package static let familyNotSupported = Errno(rawValue: EAFNOSUPPORT)
    package static let addressInUse = Errno(rawValue: EADDRINUSE)
    package static let addressNotAvailable = Errno(rawValue: EADDRNOTAVAIL)
    package static let networkUnreachable = Errno(rawValue: ENETUNREACH)
    package static let connectionReset = Errno(rawValue: ECONNRESET)
    package static let noBufferSpace = Errno(rawValue: ENOBUFS)
    package static let timedOut = Errno(rawValue: ETIMEDOUT)
    package static let connectionRefused = Errno(rawValue: ECONNREFUSED)
    package static let hostUnreachable = Errno(rawValue: EHOSTUNREACH)
    package static let inProgress = Errno(rawValue: EINPROGRESS)
    package static let stale = Errno(rawValue: ESTALE)
    package static let restart = Errno(rawValue: ERESTART)
}
