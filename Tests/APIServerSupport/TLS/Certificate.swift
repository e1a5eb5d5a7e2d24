import COpenSSL

/// A private key with its public one: P-256, which takes no time to make.
@safe struct KeyPair: ~Copyable {
    let pointer: OpaquePointer

    init() throws {
        guard let pointer = unsafe weft_openssl_key() else { throw TLSError("make a key") }
        unsafe self.pointer = unsafe pointer
    }

    init(pem: [UInt8]) throws {
        let bio = try MemoryBIO(pem)
        guard let pointer = unsafe PEM_read_bio_PrivateKey(bio.pointer, nil, nil, nil) else {
            throw TLSError("read a key")
        }
        unsafe self.pointer = unsafe pointer
    }

    deinit { unsafe EVP_PKEY_free(pointer) }

    var pem: [UInt8] {
        get throws {
            let bio = try MemoryBIO()
            guard
                unsafe PEM_write_bio_PrivateKey(bio.pointer, pointer, nil, nil, 0, nil, nil) == 1
            else { throw TLSError("write a key") }
            return bio.bytes
        }
    }
}

@safe struct Certificate: ~Copyable {
    let pointer: OpaquePointer

    init() throws {
        guard let pointer = unsafe X509_new() else { throw TLSError("make a certificate") }
        unsafe self.pointer = unsafe pointer
    }

    init(pem: [UInt8]) throws {
        let bio = try MemoryBIO(pem)
        guard let pointer = unsafe PEM_read_bio_X509(bio.pointer, nil, nil, nil) else {
            throw TLSError("read a certificate")
        }
        unsafe self.pointer = unsafe pointer
    }

    deinit { unsafe X509_free(pointer) }

    var pem: [UInt8] {
        get throws {
            let bio = try MemoryBIO()
            guard unsafe PEM_write_bio_X509(bio.pointer, pointer) == 1 else {
                throw TLSError("write a certificate")
            }
            return bio.bytes
        }
    }
}

/// What a certificate is to say.
struct CertificateRequest {
    let subject: String
    let serial: Int
    let validity: Validity
    /// By the numbers OpenSSL has for them, in the words of its configuration files.
    let extensions: [(CInt, String)]

    func sign(
        _ key: borrowing KeyPair, by issuer: String, _ issuerKey: borrowing KeyPair
    ) throws -> Certificate {
        let certificate = try Certificate()
        let pointer = unsafe certificate.pointer
        unsafe X509_set_version(pointer, 2)
        unsafe ASN1_INTEGER_set(X509_get_serialNumber(pointer), serial)
        unsafe X509_gmtime_adj(X509_getm_notBefore(pointer), validity.begin)
        unsafe X509_gmtime_adj(X509_getm_notAfter(pointer), validity.end)
        unsafe X509_set_pubkey(pointer, key.pointer)
        unsafe Self.name(X509_get_subject_name(pointer), subject)
        unsafe Self.name(X509_get_issuer_name(pointer), issuer)
        for (number, value) in extensions { try Self.extend(certificate, number, value) }
        guard unsafe X509_sign(pointer, issuerKey.pointer, EVP_sha256()) > 0 else {
            throw TLSError("sign a certificate")
        }
        return certificate
    }

    @safe private static func name(_ name: OpaquePointer?, _ text: String) {
        _ = unsafe X509_NAME_add_entry_by_txt(name, "CN", 0x1000, text, -1, -1, 0)
    }

    private static func extend(
        _ certificate: borrowing Certificate, _ number: CInt, _ value: String
    ) throws {
        guard let made = unsafe X509V3_EXT_conf_nid(nil, nil, number, value) else {
            throw TLSError("write \(value) into a certificate")
        }
        unsafe X509_add_ext(certificate.pointer, made, -1)
        unsafe X509_EXTENSION_free(made)
    }
}
