import DNS
import Network

/// A record as a zone file has it; all that are measured have the same time to live.
struct NameRecord: Hashable, Sendable {
    /// The whole name, with a dot at its end.
    let owner: String
    let type: RecordType
    let data: String

    init(_ owner: String, _ type: RecordType, _ data: String) {
        self.owner = owner
        self.type = type
        self.data = data
    }

    init(_ owner: String, _ address: IPAddress) {
        self.init(owner, address.family == .v4 ? .a : .aaaa, "\(address)")
    }

    /// The data as messages have it.
    var octets: [UInt8] {
        get throws(DNSError) { try RecordData(parsing: data, type: type).octets }
    }
}
