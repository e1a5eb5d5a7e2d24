extension MessageWriter {
    /// Writes a yes or no as the one byte that link settings have for it.
    mutating func put(_ type: Int, flag: Bool) { put(type, UInt8(flag ? 1 : 0)) }
}

extension Attribute {
    /// A yes or no in one byte.
    func flag() throws(NetlinkError) -> Bool { try host(UInt8.self) != 0 }
}
