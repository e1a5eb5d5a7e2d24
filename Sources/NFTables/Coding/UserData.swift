import Netlink

/// What nft keeps with an object for people: type-length-value triples the kernel never reads.
struct UserData {
    private(set) var bytes: [UInt8] = []

    /// NFT_USERDATA_MAXLEN.
    static let maximumLength = 256

    init() {}

    mutating func put(_ type: UInt8, _ content: some Collection<UInt8>) {
        bytes.append(type)
        bytes.append(UInt8(clamping: content.count))
        bytes.append(contentsOf: content)
    }

    /// nft writes these numbers in the host's byte order.
    mutating func put(_ type: UInt8, number: UInt32) {
        let value = Value(host: number)
        put(type, (0..<value.count).map { value[$0] })
    }

    /// Text with its terminating NUL.
    mutating func put(_ type: UInt8, text: String) { put(type, Array(text.utf8) + [0]) }
}

extension UserData {
    /// The content behind a type; nil when it is absent or the triples do not add up.
    static func find(_ type: UInt8, in bytes: Span<UInt8>) -> [UInt8]? {
        var offset = 0
        while offset + 2 <= bytes.count {
            let end = offset + 2 + Int(bytes[offset + 1])
            guard end <= bytes.count else { return nil }
            if bytes[offset] == type { return bytes.extracting(offset + 2..<end).copied() }
            offset = end
        }
        return nil
    }

    static func text(_ type: UInt8, in bytes: Span<UInt8>) -> String? {
        guard let content = find(type, in: bytes) else { return nil }
        return String(decoding: content.prefix { $0 != 0 }, as: UTF8.self)
    }
}

/// The comment that people see in `nft list`, of tables, chains, rules and elements alike.
enum Comment {
    /// NFTNL_UDATA_{TABLE,CHAIN,RULE,SET_ELEM}_COMMENT are all 0.
    static let type: UInt8 = 0
    /// NFTNL_UDATA_COMMENT_MAXLEN.
    static let maximumLength = 128

    static func encode(_ comment: String) throws(NFTablesError) -> [UInt8] {
        try validate(comment)
        var data = UserData()
        data.put(type, text: comment)
        return data.bytes
    }

    static func validate(_ comment: String) throws(NFTablesError) {
        if comment.utf8.count > maximumLength || comment.utf8.contains(0) {
            throw NFTablesError(
                .invalid, "comment \"\(comment.prefix(40))\"",
                text: "more than \(maximumLength) bytes, or a NUL inside")
        }
    }
}

extension MessageWriter {
    /// Writes a comment as an object's user data.
    mutating func put(
        _ type: some RawRepresentable<UInt32>, comment: String
    ) throws(NFTablesError) {
        let data = try Comment.encode(comment)
        put(type, bytes: data.span)
    }
}

extension AttributeTable {
    /// The comment in an object's user data.
    func comment(
        _ type: some RawRepresentable<UInt32>, note: UInt8 = Comment.type
    ) -> String? {
        guard let content = bytes(type) else { return nil }
        return UserData.text(note, in: content)
    }
}
