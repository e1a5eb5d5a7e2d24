extension NFTablesError {
    /// Something that nft has no words for.
    static func unwritable(_ reason: String) -> NFTablesError {
        NFTablesError(.invalid, "write nft text", text: reason)
    }
}

extension String {
    /// The text in quotes; nft's strings end at the first quote, which nothing escapes.
    func nftQuoted(suffix: String = "") throws(NFTablesError) -> String {
        guard !utf8.contains(UInt8(ascii: "\"")), !utf8.contains(UInt8(ascii: "\n")) else {
            throw .unwritable("a quote or a line's end in a string")
        }
        return "\"\(self)\(suffix)\""
    }

    /// The text as the name of an object, if nft reads it as one.
    func nftName() throws(NFTablesError) -> String {
        let isName = utf8.enumerated().allSatisfy { index, byte in
            byte.isLetter || index > 0 && byte.goesInName
        }
        guard isName, !isEmpty, !Keywords.all.contains(self) else {
            throw .unwritable("the name \"\(self)\"")
        }
        return self
    }

    /// The line that stands for what nft has no words for.
    static func unwritable(_ debugForm: String, _ error: NFTablesError) -> String {
        let line = debugForm.split(whereSeparator: \.isNewline).joined(separator: " ")
        return "# cannot be written as nft text: \(line) (\(error.text))"
    }
}

extension UInt8 {
    fileprivate var isLetter: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "_"), UInt8(ascii: "."):
            true
        default: false
        }
    }

    fileprivate var goesInName: Bool {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "/"): true
        default: isLetter
        }
    }
}

extension TableName {
    func nftText() throws(NFTablesError) -> String { "\(family) \(try name.nftName())" }
}

extension ChainName {
    func nftText() throws(NFTablesError) -> String {
        "\(try table.nftText()) \(try name.nftName())"
    }
}

extension SetName {
    func nftText() throws(NFTablesError) -> String {
        "\(try table.nftText()) \(try name.nftName())"
    }
}

extension Verdict {
    func nftText() throws(NFTablesError) -> String {
        if let chain { _ = try chain.nftName() }
        return "\(self)"
    }
}
