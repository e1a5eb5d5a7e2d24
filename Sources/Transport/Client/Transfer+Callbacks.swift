import CCurl

extension EasyHandle {
    /// Has the transfer at `context` called, which must live as long as the handle is in use.
    func setCallbacks(_ context: UnsafeMutableRawPointer) {
        // Cannot fail: these options exist in every libcurl that we compile with.
        _ = unsafe weft_curl_set_callbacks(pointer, takeHeader, takeBody, noteConnection, context)
    }
}

private func takeHeader(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int,
    _ context: UnsafeMutableRawPointer?
) -> Int {
    guard let context = unsafe context else { return 0 }
    let line = unsafe UnsafeRawBufferPointer(start: bytes, count: count)
    let span = unsafe Span<UInt8>(_unsafeBytes: line)
    return Transfer.from(context).takeHeader(span) ? count : 0
}

private func takeBody(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int,
    _ context: UnsafeMutableRawPointer?
) -> Int {
    guard let context = unsafe context else { return 0 }
    return unsafe Transfer.from(context).takeBody(
        UnsafeRawBufferPointer(start: bytes, count: count))
}

private func noteConnection(
    _ context: UnsafeMutableRawPointer?, _ remote: UnsafeMutablePointer<CChar>?,
    _ local: UnsafeMutablePointer<CChar>?, _ remotePort: CInt, _ localPort: CInt
) -> CInt {
    guard let context = unsafe context else { return CURL_PREREQFUNC_ABORT }
    Transfer.from(context).enter(.wait)
    return CURL_PREREQFUNC_OK
}
