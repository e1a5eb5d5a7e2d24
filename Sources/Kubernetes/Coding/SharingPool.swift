/// Lets equal values share their storage: names of namespaces, nodes, labels come again and again.
///
/// Tables of fixed size in which a new value takes the place of an older one, so that names an
/// attacker makes up cost nothing; a value that finds its own slot taken is merely not shared.
package final class SharingPool {
    /// Made when they are needed first: a pool for one object costs nothing.
    private var strings: [String] = []
    private var places: [EndpointPlace?] = []

    package init() {}

    private static let size = 4096
    /// Strings up to this length are kept in the value itself on 64-bit machines.
    private static let inlineLength = 15
    /// Longer ones are no names that come again.
    private static let sharedLength = 128

    /// The text of bytes; what is not UTF-8 becomes replacement characters.
    func string(_ bytes: Span<UInt8>) -> String {
        guard bytes.count > Self.inlineLength, bytes.count <= Self.sharedLength else {
            return String(copying: bytes)
        }
        if strings.isEmpty { strings = [String](repeating: "", count: Self.size) }
        let slot = slot(of: bytes)
        if bytes.isEqual(to: strings[slot]) { return strings[slot] }
        let string = String(copying: bytes)
        strings[slot] = string
        return string
    }

    /// The place, or an equal one that is there already.
    func place(_ place: EndpointPlace) -> EndpointPlace {
        if places.isEmpty { places = [EndpointPlace?](repeating: nil, count: Self.size) }
        let slot = slot(of: place.node.utf8.span)
        if let known = places[slot], known == place { return known }
        places[slot] = place
        return place
    }

    /// FNV-1a.
    private func slot(of bytes: Span<UInt8>) -> Int {
        var hash: UInt32 = 2_166_136_261
        for index in bytes.indices {
            hash = (hash ^ UInt32(bytes[index])) &* 16_777_619
        }
        return Int(hash ^ hash >> 15) & (Self.size - 1)
    }
}
