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
