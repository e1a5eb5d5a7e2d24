import YAML

extension ConfigValue {
    /// The headers for the `as` keys of a user.
    func impersonation() throws(CredentialsError) -> [ClusterAccess.Header] {
        let user = try text("as")
        var headers: [ClusterAccess.Header] = []
        if let user { headers.append(.init("Impersonate-User", user)) }
        if let uid = try text("as-uid") { headers.append(.init("Impersonate-Uid", uid)) }
        for group in try texts("as-groups") { headers.append(.init("Impersonate-Group", group)) }
        if let extra = self["as-user-extra"] {
            for key in extra.node.pairs.map(\.key.text) {
                let name = "Impersonate-Extra-" + Self.escaped(key)
                headers += try extra.texts(key).map { .init(name, $0) }
            }
        }
        guard user != nil || headers.isEmpty else {
            throw missing("as", "groups, uid and extra say more about the user that as names")
        }
        for header in headers where !header.value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) {
            throw invalid(
                "\(header.name) would hold a control character", "write it in one line")
        }
        return headers
    }

    /// The API takes the rest of a header's name for a key, with percent signs for what no name
    /// of a header (RFC 9110 §5.6.2) can hold.
    private static func escaped(_ key: String) -> String {
        let others = Set("!#$&'*+-.^_`|~".utf8)
        return key.utf8.reduce(into: "") { name, byte in
            let scalar = Unicode.Scalar(byte)
            if scalar.isASCII,
                scalar.properties.isAlphabetic || others.contains(byte)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            {
                name.unicodeScalars.append(scalar)
            } else {
                let digits = String(byte, radix: 16, uppercase: true)
                name += digits.count == 1 ? "%0\(digits)" : "%\(digits)"
            }
        }
    }
}
