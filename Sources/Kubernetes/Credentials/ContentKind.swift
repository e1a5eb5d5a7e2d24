/// What a piece of credentials must be.
enum ContentKind: Sendable {
    case token, certificates, key

    /// The part of the bytes that is sent or used; nil when they cannot be what they must be.
    func value(_ bytes: [UInt8]) -> Secret? {
        switch self {
        case .token: Secret(token: bytes)
        case .certificates: holds("-----BEGIN CERTIFICATE-----", bytes) ? Secret(bytes) : nil
        // One of several kinds: RSA, EC, or any in PKCS #8.
        case .key: holds("PRIVATE KEY-----", bytes) ? Secret(bytes) : nil
        }
    }

    /// What is wrong with bytes that have no value.
    var defect: String {
        switch self {
        case .token: "holds no token in one line"
        case .certificates: "holds no certificate in PEM form"
        case .key: "holds no private key in PEM form"
        }
    }

    private func holds(_ mark: String, _ bytes: [UInt8]) -> Bool {
        String(decoding: bytes, as: UTF8.self).utf8.contains(mark)
    }
}

extension String.UTF8View {
    /// Whether a text stands somewhere within.
    fileprivate func contains(_ mark: String) -> Bool {
        guard let first = mark.utf8.first else { return true }
        var rest = self[...]
        while let start = rest.firstIndex(of: first) {
            rest = rest[start...]
            if rest.starts(with: mark.utf8) { return true }
            rest = rest.dropFirst()
        }
        return false
    }
}
