/// A domain name as it stands in messages: labels with their lengths before them, and the root's zero.
///
/// Names that differ only in the case of ASCII letters are the same name (RFC 4343).
package struct DomainName: Sendable {
    /// The octets of the name, uncompressed, in the case they were written in.
    package let wire: [UInt8]

    /// Takes octets that are known to be a whole name.
    init(unchecked wire: [UInt8]) { self.wire = wire }

    package static let root = DomainName(unchecked: [0])

    /// RFC 1035 section 2.3.4.
    package static let longestName = 255
    package static let longestLabel = 63
}

extension DomainName: Hashable {
    package static func == (left: DomainName, right: DomainName) -> Bool {
        left.wire.count == right.wire.count
            && zip(left.wire, right.wire).allSatisfy { $0.lowercasedASCII == $1.lowercasedASCII }
    }

    package func hash(into hasher: inout Hasher) {
        for octet in wire { hasher.combine(octet.lowercasedASCII) }
    }
}

extension DomainName {
    package var isRoot: Bool { wire.count == 1 }

    /// Where each label's length stands, without the root's.
    package var labelOffsets: [Int] {
        var offsets: [Int] = []
        var offset = 0
        while wire[offset] != 0 {
            offsets.append(offset)
            offset += 1 + Int(wire[offset])
        }
        return offsets
    }

    package var labelCount: Int { labelOffsets.count }

    /// The labels, the one furthest from the root first.
    package var labels: [ArraySlice<UInt8>] {
        labelOffsets.map { wire[($0 + 1)..<($0 + 1 + Int(wire[$0]))] }
    }

    package var lowercased: DomainName {
        DomainName(unchecked: wire.map(\.lowercasedASCII))
    }

    /// The name without its first label; the root's is the root.
    package var parent: DomainName { dropping(1) }

    /// The name without its first labels.
    package func dropping(_ count: Int) -> DomainName {
        let offsets = labelOffsets
        guard count < offsets.count else { return .root }
        return DomainName(unchecked: Array(wire[offsets[count]...]))
    }

    /// Whether this is the other name, or lies below it.
    package func isWithin(_ zone: DomainName) -> Bool {
        let start = wire.count - zone.wire.count
        guard start >= 0, start == 0 || labelOffsets.contains(start) || zone.isRoot else {
            return false
        }
        return zip(wire[start...], zone.wire).allSatisfy {
            $0.lowercasedASCII == $1.lowercasedASCII
        }
    }

    /// The labels of this name in front of those of the other; nil if that is too long.
    package func appended(to zone: DomainName) -> DomainName? {
        guard wire.count - 1 + zone.wire.count <= Self.longestName else { return nil }
        return DomainName(unchecked: wire.dropLast() + zone.wire)
    }

    /// The name with one more label in front; nil if either is too long, or the label is empty.
    package func prefixed(_ label: some Collection<UInt8>) -> DomainName? {
        guard (1...Self.longestLabel).contains(label.count),
            wire.count + 1 + label.count <= Self.longestName
        else { return nil }
        return DomainName(unchecked: [UInt8(label.count)] + label + wire)
    }
}

extension String {
    /// The text with its ASCII letters in lower case, and nothing else changed.
    var lowercasedASCII: String {
        String(decoding: utf8.map(\.lowercasedASCII), as: UTF8.self)
    }
}

extension UInt8 {
    /// The octet with an ASCII letter in lower case; no other octet changes (RFC 4343).
    @inline(__always)
    package var lowercasedASCII: UInt8 {
        // 0x20 tells the cases apart.
        self &- 0x41 < 26 ? self | 0x20 : self
    }
}
