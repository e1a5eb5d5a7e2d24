import CCurl
import Platform

/// Why a transfer failed, and what to do about it.
struct Cause {
    let code: TransportError.Code
    let reason: String
    var remedy: String?
}

extension Cause {
    /// `detail` is what libcurl noted when it happened.
    init(_ code: CURLcode, _ easy: borrowing EasyHandle, detail: String?) {
        let errno = easy.number(CURLINFO_OS_ERRNO)
        // libcurl keeps its first words; these are about a connection that was gone at once.
        let isMisleading = detail?.hasPrefix("getpeername") ?? true
        let words = isMisleading ? code.words : detail ?? code.words
        switch code {
        case CURLE_COULDNT_RESOLVE_HOST:
            self.init(
                code: .nameNotResolved, reason: words,
                remedy: "is the name right, and does this machine's resolver know it?")
        case CURLE_COULDNT_CONNECT:
            self = errno == 0 ? Cause(code: .notConnected, reason: words) : Cause(errno)
        case CURLE_COULDNT_RESOLVE_PROXY, CURLE_PROXY:
            self.init(proxy: words)
        case _ where easy.number(CURLINFO_HTTP_CONNECTCODE) >= 300:
            self.init(proxy: words)
        case CURLE_PEER_FAILED_VERIFICATION:
            self.init(verification: easy.number(CURLINFO_SSL_VERIFYRESULT), words)
        case CURLE_SSL_CERTPROBLEM, CURLE_SSL_CLIENTCERT, CURLE_SSL_CACERT_BADFILE,
            CURLE_SSL_CONNECT_ERROR:
            self.init(tls: code, words)
        default:
            self.init(interruption: code, words)
        }
    }

    init(proxy words: String) {
        self.init(
            code: .proxyFailed, reason: words, remedy: "look at the proxy and at proxy-url")
    }

    private init(_ errno: Int) {
        let errno = Errno(rawValue: CInt(truncatingIfNeeded: errno))
        let remedy =
            errno == .connectionRefused
            ? "nothing listens there: is the server running, and the port right?"
            : "is there a route to it, and no firewall between?"
        self.init(code: .notConnected, reason: "\(errno)", remedy: remedy)
    }

    /// The server's certificate; the numbers are OpenSSL's, of X509_V_ERR_….
    private init(verification result: Int, _ words: String) {
        let remedy =
            switch result {
            case 9: "its certificate is not valid yet: is the clock right?"
            case 10: "its certificate has expired: renew it; is the clock right?"
            case 2, 18, 19, 20, 21:
                "certificate-authority is not the one that signed the server's certificate"
            // libcurl compares the names itself, and before it has said 0 it says 1.
            case 0, 1, 62, 64:
                "the certificate is for another name: use one of its names or tls-server-name"
            default: "the server's certificate is not acceptable"
            }
        self.init(code: .notTrusted, reason: words, remedy: remedy)
    }

    private init(tls code: CURLcode, _ words: String) {
        let remedy =
            switch code {
            case CURLE_SSL_CERTPROBLEM: "look at client-certificate and client-key"
            case CURLE_SSL_CLIENTCERT: "the server wants a client certificate"
            case CURLE_SSL_CACERT_BADFILE: "certificate-authority must be certificates in PEM"
            default: "does it speak TLS 1.2 or newer on this port, and take our certificate?"
            }
        self.init(code: .notTrusted, reason: words, remedy: remedy)
    }

    private init(interruption code: CURLcode, _ words: String) {
        switch code {
        case CURLE_OUT_OF_MEMORY:
            self.init(code: .outOfMemory, reason: "no memory")
        case CURLE_GOT_NOTHING, CURLE_PARTIAL_FILE, CURLE_RECV_ERROR, CURLE_SEND_ERROR,
            CURLE_HTTP2_STREAM, CURLE_HTTP2:
            // TLS 1.3 tells only after the handshake that it does not take our certificate.
            if words.contains("alert") {
                self.init(
                    code: .notTrusted, reason: words,
                    remedy: "the server does not take our certificate")
            } else {
                self.init(code: .interrupted, reason: words)
            }
        case CURLE_BAD_CONTENT_ENCODING, CURLE_WEIRD_SERVER_REPLY, CURLE_UNSUPPORTED_PROTOCOL:
            self.init(
                code: .badAnswer, reason: words, remedy: "is it an API server, and https right?")
        case CURLE_URL_MALFORMAT, CURLE_BAD_FUNCTION_ARGUMENT:
            self.init(code: .invalidRequest, reason: words)
        default:
            self.init(code: .other, reason: words)
        }
    }
}
