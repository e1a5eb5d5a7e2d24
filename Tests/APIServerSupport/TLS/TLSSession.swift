import COpenSSL

/// TLS between bytes and bytes; it knows no socket.
@safe struct TLSSession: ~Copyable {
    private let pointer: OpaquePointer
    /// What came from the client and what is to go there; the session owns both.
    private let (incoming, outgoing): (OpaquePointer, OpaquePointer)

    init(_ context: TLSContext) throws {
        guard let pointer = unsafe SSL_new(context.pointer),
            let incoming = unsafe BIO_new(BIO_s_mem()), let outgoing = unsafe BIO_new(BIO_s_mem())
        else { throw TLSError("begin TLS") }
        unsafe SSL_set_bio(pointer, incoming, outgoing)
        unsafe SSL_set_accept_state(pointer)
        unsafe self.pointer = unsafe pointer
        unsafe self.incoming = unsafe incoming
        unsafe self.outgoing = unsafe outgoing
    }

    deinit { unsafe SSL_free(pointer) }

    enum Progress {
        case goesOn
        /// The client has said that it sends no more.
        case ended
        /// There is no speaking with it, as an alert among the output says.
        case failed
    }

    /// Appends what the client said.
    func decrypt(_ bytes: Span<UInt8>, into plain: inout [UInt8]) -> Progress {
        _ = unsafe bytes.withUnsafeBytes { bytes in
            unsafe BIO_write(incoming, bytes.baseAddress, CInt(bytes.count))
        }
        var room = [UInt8](repeating: 0, count: 16 << 10)
        while true {
            ERR_clear_error()
            let count = unsafe SSL_read(pointer, &room, CInt(room.count))
            guard count > 0 else {
                return switch unsafe SSL_get_error(pointer, count) {
                case SSL_ERROR_WANT_READ: .goesOn
                case SSL_ERROR_ZERO_RETURN: .ended
                default: .failed
                }
            }
            plain += room[..<Int(count)]
        }
    }

    func encrypt(_ plain: [UInt8]) {
        if !plain.isEmpty { _ = unsafe SSL_write(pointer, plain, CInt(plain.count)) }
    }

    /// Appends what is to be sent: the handshake's and what was encrypted.
    func takeOutput(into bytes: inout [UInt8]) {
        let count = unsafe BIO_ctrl_pending(outgoing)
        guard count > 0 else { return }
        var room = [UInt8](repeating: 0, count: count)
        _ = unsafe BIO_read(outgoing, &room, CInt(count))
        bytes += room
    }
}
