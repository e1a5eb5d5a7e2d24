import FuzzSupport

@testable import DNS

/// A question for web.default.svc.cluster.local as octets, to be bent.
struct RawQuery {
    var header: [UInt8] = [0x12, 0x34, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0]
    var name = DomainName(words: "web.default.svc.cluster.local").wire
    var ends: [UInt8] = [0, 1, 0, 1]
    var rest: [UInt8] = []

    var octets: [UInt8] { header + name + ends + rest }
}

/// The question with something changed.
func raw(_ change: (inout RawQuery) -> Void) -> [UInt8] {
    var query = RawQuery()
    change(&query)
    return query.octets
}

/// The question with these records behind it, of which so many are said to be additional.
func raw(adding records: [UInt8], count: UInt8 = 1) -> [UInt8] {
    raw { query in
        query.header[11] = count
        query.rest = records
    }
}

/// An OPT record of the root with this size, TTL and data.
func opt(size: UInt16 = 1232, ttl: [UInt8] = [0, 0, 0, 0], _ data: [UInt8] = []) -> [UInt8] {
    [0, 0, 41, UInt8(size >> 8), UInt8(truncatingIfNeeded: size)] + ttl
        + [UInt8(data.count >> 8), UInt8(truncatingIfNeeded: data.count)] + data
}

/// An option with its code and data.
func option(_ code: UInt8, _ data: [UInt8] = []) -> [UInt8] {
    [0, code, UInt8(data.count >> 8), UInt8(truncatingIfNeeded: data.count)] + data
}

/// A name of so many octets, in labels of one and, for an even number, one of two.
func name(octets count: Int) -> [UInt8] {
    let first: [UInt8] = count % 2 == 0 ? [2, 97, 97] : []
    let labels = [[UInt8]](repeating: [1, 97], count: (count - first.count - 1) / 2)
    return first + labels.joined() + [0]
}
