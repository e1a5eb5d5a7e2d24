import COpenSSL

/// Certificates as PEM, read one after the other.
@safe struct CertificateFile: ~Copyable {
    private let bio: OpaquePointer
    private let code: TLSError.Code

    init(_ bytes: [UInt8], _ code: TLSError.Code) throws(TLSError) {
        // It has bytes of its own, so that ours may go.
        guard let bio = unsafe BIO_new(BIO_s_mem()) else {
            throw TLSError(.library, "read certificates")
        }
        unsafe BIO_write(bio, bytes, CInt(clamping: bytes.count))
        unsafe self.bio = unsafe bio
        self.code = code
    }

    deinit { unsafe BIO_free(bio) }

    @safe struct Certificate: ~Copyable {
        let pointer: OpaquePointer

        init(owning pointer: OpaquePointer) { unsafe self.pointer = unsafe pointer }

        deinit { unsafe X509_free(pointer) }
    }

    /// The next certificate; nil at the end.
    func next() throws(TLSError) -> Certificate? {
        ERR_clear_error()
        if let pointer = unsafe PEM_read_bio_X509(bio, nil, nil, nil) {
            return unsafe Certificate(owning: pointer)
        }
        guard weft_openssl_is_end_of_pem() == 1 else { throw TLSError(code, "read a certificate") }
        ERR_clear_error()
        return nil
    }
}

@safe struct PrivateKey: ~Copyable {
    let pointer: OpaquePointer

    init(_ bytes: [UInt8]) throws(TLSError) {
        guard let bio = unsafe BIO_new(BIO_s_mem()) else { throw TLSError(.library, "read a key") }
        unsafe BIO_write(bio, bytes, CInt(clamping: bytes.count))
        defer { unsafe BIO_free(bio) }
        // Nobody is there to be asked for a passphrase.
        let pointer = unsafe PEM_read_bio_PrivateKey(
            bio, nil, { _, _, _, _ in -1 }, nil)
        guard let pointer = unsafe pointer else { throw TLSError(.identity, "read a key") }
        unsafe self.pointer = unsafe pointer
    }

    deinit { unsafe EVP_PKEY_free(pointer) }
}
