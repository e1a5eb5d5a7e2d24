/// Runs a call that returns -1 on failure: repeats it when a signal interrupts it, else throws.
///
/// The subject is only built when the call fails.
@inline(always)
func syscall<Result: SignedInteger>(
    _ operation: StaticString, _ subject: @autoclosure () -> String = "",
    _ body: () -> Result
) throws(PlatformError) -> Result {
    while true {
        let result = body()
        if result != -1 { return result }
        let code = Errno.current
        if code != .interrupted { throw PlatformError(code, "\(operation)", subject()) }
    }
}

/// Like `syscall`, but a call that would block answers nil.
@inline(always)
func nonblocking<Result: SignedInteger>(
    _ operation: StaticString, _ subject: @autoclosure () -> String = "",
    _ body: () -> Result
) throws(PlatformError) -> Result? {
    while true {
        let result = body()
        if result != -1 { return result }
        let code = Errno.current
        if code == .wouldBlock { return nil }
        if code != .interrupted { throw PlatformError(code, "\(operation)", subject()) }
    }
}
