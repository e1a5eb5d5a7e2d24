import COpenSSL

/// One end of a TLS connection, between bytes and bytes; it knows no socket.
///
/// After each call there may be output to be sent to the other end.
@safe package struct TLSSession: ~Copyable {
    private let pointer: OpaquePointer
    /// What came from the other end and what is to go there; the session owns both.
    private let (incoming, outgoing): (OpaquePointer, OpaquePointer)
    /// Plain text that waits for the handshake.
    private var waiting: [UInt8] = []

    /// Begins a server's session.
    package init(serverIn context: TLSContext) throws(TLSError) {
        try self.init(context) { pointer throws(TLSError) in unsafe SSL_set_accept_state(pointer) }
    }

    /// Begins a client's session with a server that must prove its name, or its IP address.
    package init(clientIn context: TLSContext, server: String) throws(TLSError) {
        try self.init(context) { pointer throws(TLSError) in
            unsafe SSL_set_connect_state(pointer)
            let parameters = unsafe SSL_get0_param(pointer)
            let isAddress = unsafe X509_VERIFY_PARAM_set1_ip_asc(parameters, server) == 1
            guard unsafe isAddress || weft_openssl_expect_name(pointer, server) == 1,
                !server.isEmpty, !server.utf8.contains(0)
            else { throw TLSError(.serverName, "ask for TLS", cause: "\(server) is no name") }
            // It says hello without waiting for anything.
            ERR_clear_error()
            _ = unsafe SSL_do_handshake(pointer)
        }
    }

    @safe private init(
        _ context: TLSContext, _ begin: (OpaquePointer) throws(TLSError) -> Void
    ) throws(TLSError) {
        guard let pointer = unsafe SSL_new(context.pointer) else {
            throw TLSError(.library, "begin TLS")
        }
        guard let incoming = unsafe BIO_new(BIO_s_mem()), let outgoing = unsafe BIO_new(BIO_s_mem())
        else {
            unsafe SSL_free(pointer)
            throw TLSError(.library, "begin TLS")
        }
        unsafe SSL_set_bio(pointer, incoming, outgoing)
        do throws(TLSError) {
            unsafe try begin(pointer)
        } catch {
            unsafe SSL_free(pointer)
            throw error
        }
        unsafe self.pointer = unsafe pointer
        unsafe self.incoming = unsafe incoming
        unsafe self.outgoing = unsafe outgoing
    }

    deinit { unsafe SSL_free(pointer) }
}

extension TLSSession {
    package enum Progress: Hashable, Sendable {
        case goesOn
        /// The other end has said that it sends no more.
        case ended
    }

    /// Whether both ends have proved what they had to.
    package var isEstablished: Bool { unsafe SSL_is_init_finished(pointer) == 1 }

    /// Takes what came from the other end, and appends the plain text in it.
    ///
    /// After an error there is no speaking with it; the output may have an alert that says why.
    package mutating func receive(
        _ bytes: Span<UInt8>, into plain: inout [UInt8]
    ) throws(TLSError) -> Progress {
        if bytes.isEmpty { return .goesOn }
        _ = unsafe bytes.withUnsafeBytes { bytes in
            unsafe BIO_write(incoming, bytes.baseAddress, CInt(clamping: bytes.count))
        }
        if !isEstablished {
            try shakeHands()
            guard isEstablished else { return .goesOn }
            try sendWaiting()
        }
        return try decrypt(into: &plain)
    }

    /// Encrypts plain text, or keeps it until it can be.
    package mutating func send(_ plain: [UInt8]) throws(TLSError) {
        waiting += plain
        if isEstablished { try sendWaiting() }
    }

    /// Says that no more will be sent.
    package mutating func end() { _ = unsafe SSL_shutdown(pointer) }

    /// Appends what is to be sent to the other end.
    package mutating func takeOutput(into bytes: inout [UInt8]) {
        let count = unsafe BIO_ctrl_pending(outgoing)
        guard count > 0 else { return }
        var room = [UInt8](repeating: 0, count: count)
        _ = unsafe BIO_read(outgoing, &room, CInt(clamping: count))
        bytes += room
    }
}

extension TLSSession {
    private func shakeHands() throws(TLSError) {
        ERR_clear_error()
        let result = unsafe SSL_do_handshake(pointer)
        let state = unsafe SSL_get_error(pointer, result)
        if result == 1 || state == SSL_ERROR_WANT_READ { return }
        let verdict = unsafe SSL_get_verify_result(pointer)
        guard verdict != Int(X509_V_OK) else { throw TLSError(.handshake, "agree on TLS") }
        ERR_clear_error()
        let reason = unsafe String(cString: X509_verify_cert_error_string(verdict))
        throw TLSError(.handshake, "trust the certificate", cause: reason)
    }

    private mutating func sendWaiting() throws(TLSError) {
        guard !waiting.isEmpty else { return }
        ERR_clear_error()
        // A buffer in memory takes all there is.
        guard unsafe SSL_write(pointer, waiting, CInt(clamping: waiting.count)) > 0 else {
            throw TLSError(.handshake, "encrypt")
        }
        waiting = []
    }

    private func decrypt(into plain: inout [UInt8]) throws(TLSError) -> Progress {
        var room = [UInt8](repeating: 0, count: Self.longestRecord)
        while true {
            ERR_clear_error()
            let count = unsafe SSL_read(pointer, &room, CInt(room.count))
            guard count > 0 else {
                switch unsafe SSL_get_error(pointer, count) {
                case SSL_ERROR_WANT_READ: return .goesOn
                case SSL_ERROR_ZERO_RETURN: return .ended
                default: throw TLSError(.handshake, "decrypt")
                }
            }
            plain += room[..<Int(count)]
        }
    }

    /// The plain text of a record has at most so many bytes (RFC 8446 section 5.1).
    private static let longestRecord = 1 << 14
}
