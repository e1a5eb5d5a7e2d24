// OpenSSL's TLS and certificates; here is as a function what it offers as a macro only.
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

static inline EVP_PKEY *weft_openssl_key(void) { return EVP_EC_gen("P-256"); }

static inline int weft_openssl_require_tls12(SSL_CTX *context) {
    return SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
}

/// The bytes in a memory BIO, which stay there.
static inline size_t weft_openssl_bytes(BIO *bio, char **bytes) {
    long length = BIO_get_mem_data(bio, bytes);
    return length > 0 ? (size_t)length : 0;
}

static const uint64_t weft_openssl_no_renegotiation = SSL_OP_NO_RENEGOTIATION;

static inline int weft_openssl_add_chain(SSL_CTX *context, X509 *certificate) {
    return SSL_CTX_add1_chain_cert(context, certificate) == 1;
}

/// Whether the last error only means that a file has nothing more in it.
static inline int weft_openssl_is_end_of_pem(void) {
    unsigned long error = ERR_peek_last_error();
    return ERR_GET_LIB(error) == ERR_LIB_PEM && ERR_GET_REASON(error) == PEM_R_NO_START_LINE;
}

/// Has a client ask for a server by its name, and check that the certificate is the name's.
static inline int weft_openssl_expect_name(SSL *session, const char *name) {
    return SSL_set1_host(session, name) == 1 && SSL_set_tlsext_host_name(session, name) == 1;
}
