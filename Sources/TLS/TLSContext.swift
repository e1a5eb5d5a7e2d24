import COpenSSL

/// What the sessions of one kind have in common: who we are, and whom we trust.
///
/// It does not change. New files are a new context, and sessions that have begun keep theirs.
///
/// Invariant: OpenSSL lets several threads begin sessions with a context that is set up.
@safe package final class TLSContext: @unchecked Sendable {
    let pointer: OpaquePointer
    let isServer: Bool

    private init(isServer: Bool) throws(TLSError) {
        let method = unsafe isServer ? TLS_server_method() : TLS_client_method()
        guard let pointer = unsafe SSL_CTX_new(method) else {
            throw TLSError(.library, "set up TLS")
        }
        unsafe self.pointer = unsafe pointer
        self.isServer = isServer
        // Nothing older is safe (RFC 8996), and nobody needs a second handshake in a session.
        guard unsafe weft_openssl_require_tls12(pointer) == 1 else {
            throw TLSError(.library, "set up TLS")
        }
        _ = unsafe SSL_CTX_set_options(pointer, weft_openssl_no_renegotiation)
    }

    deinit { unsafe SSL_CTX_free(pointer) }
}

extension TLSContext {
    /// For a server, whose own certificate stands first in its file.
    ///
    /// Given authorities, only clients with a certificate of one of them are served.
    package static func server(
        _ identity: TLSIdentity, clientAuthorities: [UInt8]? = nil
    ) throws(TLSError) -> TLSContext {
        let context = try TLSContext(isServer: true)
        try context.use(identity)
        if let clientAuthorities {
            try context.trust(clientAuthorities)
            unsafe SSL_CTX_set_verify(
                context.pointer, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nil)
        }
        return context
    }

    /// For a client, which trusts the authorities given, or else those that the system does.
    package static func client(
        authorities: [UInt8]? = nil, identity: TLSIdentity? = nil
    ) throws(TLSError) -> TLSContext {
        let context = try TLSContext(isServer: false)
        if let authorities {
            try context.trust(authorities)
        } else if unsafe SSL_CTX_set_default_verify_paths(context.pointer) != 1 {
            throw TLSError(.authority, "read the system's authorities")
        }
        if let identity { try context.use(identity) }
        unsafe SSL_CTX_set_verify(context.pointer, SSL_VERIFY_PEER, nil)
        return context
    }

    private func use(_ identity: TLSIdentity) throws(TLSError) {
        let certificates = try CertificateFile(identity.certificates, .identity)
        guard let own = try certificates.next() else {
            throw TLSError(.identity, "read a certificate", cause: "the file has none")
        }
        let key = try PrivateKey(identity.key)
        guard unsafe SSL_CTX_use_certificate(pointer, own.pointer) == 1,
            unsafe SSL_CTX_use_PrivateKey(pointer, key.pointer) == 1,
            unsafe SSL_CTX_check_private_key(pointer) == 1
        else { throw TLSError(.identity, "use a certificate with its key") }
        while let next = try certificates.next() {
            guard unsafe weft_openssl_add_chain(pointer, next.pointer) == 1 else {
                throw TLSError(.identity, "use a certificate's chain")
            }
        }
    }

    private func trust(_ authorities: [UInt8]) throws(TLSError) {
        let certificates = try CertificateFile(authorities, .authority)
        let store = unsafe SSL_CTX_get_cert_store(pointer)
        var count = 0
        while let authority = try certificates.next() {
            guard unsafe X509_STORE_add_cert(store, authority.pointer) == 1 else {
                throw TLSError(.authority, "trust an authority")
            }
            count += 1
        }
        if count == 0 {
            throw TLSError(.authority, "read the authorities", cause: "the file has none")
        }
    }
}

/// A certificate, those that lead to its authority, and its key, as PEM.
package struct TLSIdentity: Hashable, Sendable {
    package var certificates: [UInt8]
    package var key: [UInt8]

    package init(certificates: [UInt8], key: [UInt8]) {
        self.certificates = certificates
        self.key = key
    }
}
