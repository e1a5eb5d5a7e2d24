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

/// Runs a call on a path or other name, which is the subject of its errors; one with a NUL is refused, not cut.
@inline(always)
func syscall<Result: SignedInteger>(
    _ operation: StaticString, path: String, _ body: (String) -> Result
) throws(PlatformError) -> Result {
    try checkForNUL(path, operation)
    return try syscall(operation, path) { body(path) }
}

/// Refuses a text that C would take for a shorter one.
func checkForNUL(_ text: String, _ operation: StaticString) throws(PlatformError) {
    if text.utf8.contains(0) {
        throw PlatformError(
            .invalid, "\(operation)", text, remedy: "a name cannot hold a NUL byte")
    }
}
