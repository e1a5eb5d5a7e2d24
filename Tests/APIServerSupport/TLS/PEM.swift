import COpenSSL

/// Bytes that OpenSSL reads from, or has written to.
@safe struct MemoryBIO: ~Copyable {
    let pointer: OpaquePointer

    init() throws {
        guard let pointer = unsafe BIO_new(BIO_s_mem()) else { throw TLSError("make a buffer") }
        unsafe self.pointer = unsafe pointer
    }

    init(_ bytes: [UInt8]) throws {
        try self.init()
        unsafe BIO_write(pointer, bytes, CInt(bytes.count))
    }

    deinit { unsafe BIO_free(pointer) }

    /// All that was written.
    var bytes: [UInt8] {
        var start: UnsafeMutablePointer<CChar>?
        let count = unsafe weft_openssl_bytes(pointer, &start)
        return unsafe [UInt8](UnsafeRawBufferPointer(start: start, count: count))
    }
}
