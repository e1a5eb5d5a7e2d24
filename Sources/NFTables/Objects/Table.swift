import CNftnl

/// A table's full name.
package struct TableName: Hashable, Sendable, CustomStringConvertible {
    package let family: Family
    package let name: String

    package init(_ family: Family, _ name: String) {
        self.family = family
        self.name = name
    }

    package var description: String { "\(family) \(name)" }
}

/// A table: the namespace of chains and sets, and what is removed with it.
package struct Table: Hashable, Sendable {
    package var name: TableName
    package var flags: Flags
    package var comment: String?

    package struct Flags: OptionSet, Hashable, Sendable {
        package let rawValue: UInt32
        package init(rawValue: UInt32) { self.rawValue = rawValue }

        /// Its base chains see no packets.
        package static let dormant = Flags(rawValue: NFT_TABLE_F_DORMANT.rawValue)
        /// Only the socket that made it can change it, and it goes when that socket closes.
        package static let owner = Flags(rawValue: NFT_TABLE_F_OWNER.rawValue)
        /// An owned table that stays when the socket closes, for the next owner (Linux 6.9).
        package static let persist = Flags(rawValue: 4)
    }

    package init(_ name: TableName, flags: Flags = [], comment: String? = nil) {
        self.name = name
        self.flags = flags
        self.comment = comment
    }
}
