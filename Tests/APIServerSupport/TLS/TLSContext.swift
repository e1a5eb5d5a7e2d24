import COpenSSL

/// How a server presents itself to new connections.
///
/// Invariant: OpenSSL's contexts may be used by several threads once they are set up.
@safe final class TLSContext: @unchecked Sendable {
    let pointer: OpaquePointer

    init(_ identity: TestIdentity, clients: [UInt8]?, speaksHTTP2: Bool) throws {
        guard let pointer = unsafe SSL_CTX_new(TLS_server_method()) else {
            throw TLSError("set up TLS")
        }
        unsafe self.pointer = unsafe pointer
        let certificate = try Certificate(pem: identity.certificate)
        let key = try KeyPair(pem: identity.key)
        guard unsafe weft_openssl_require_tls12(pointer) == 1,
            unsafe SSL_CTX_use_certificate(pointer, certificate.pointer) == 1,
            unsafe SSL_CTX_use_PrivateKey(pointer, key.pointer) == 1
        else { throw TLSError("set up TLS") }
        // The callback only asks whether there is a context.
        let mark = unsafe speaksHTTP2 ? UnsafeMutableRawPointer(bitPattern: 1) : nil
        unsafe SSL_CTX_set_alpn_select_cb(pointer, chooseProtocol, mark)
        if let clients { try require(clients) }
    }

    deinit { unsafe SSL_CTX_free(pointer) }

    /// Lets in only those who have a certificate of this authority.
    private func require(_ authority: [UInt8]) throws {
        let certificate = try Certificate(pem: authority)
        let store = unsafe SSL_CTX_get_cert_store(pointer)
        guard unsafe X509_STORE_add_cert(store, certificate.pointer) == 1 else {
            throw TLSError("trust an authority")
        }
        unsafe SSL_CTX_set_verify(
            pointer, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nil)
    }
}

/// Takes h2 where the server speaks it and the client offers it, else http/1.1.
private func chooseProtocol(
    _ session: OpaquePointer?, _ chosen: UnsafeMutablePointer<UnsafePointer<UInt8>?>?,
    _ length: UnsafeMutablePointer<UInt8>?, _ offered: UnsafePointer<UInt8>?, _ count: UInt32,
    _ speaksHTTP2: UnsafeMutableRawPointer?
) -> CInt {
    let offers = unsafe UnsafeBufferPointer(start: offered, count: Int(count))
    for name in unsafe speaksHTTP2 == nil ? ["http/1.1"] : ["h2", "http/1.1"] {
        var start = 0
        while start < offers.count {
            let end = unsafe start + 1 + Int(offers[start])
            guard end <= offers.count else { break }
            let offer = unsafe offers[(start + 1)..<end]
            if unsafe offer.elementsEqual(name.utf8) {
                unsafe chosen?.pointee = unsafe offered.map { unsafe $0 + start + 1 }
                unsafe length?.pointee = UInt8(offer.count)
                return SSL_TLSEXT_ERR_OK
            }
            start = end
        }
    }
    return SSL_TLSEXT_ERR_NOACK
}
