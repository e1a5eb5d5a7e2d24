/// The name that is asked for, in lower case, with where its labels begin; kept and filled again.
package struct QuestionName: Sendable {
    /// The name as in messages, its letters lowered.
    private var octets: [256 of UInt8] = .init(repeating: 0)
    /// Where each label's length stands.
    private var starts: [128 of UInt8] = .init(repeating: 0)
    /// How many octets the name has, the root's zero included.
    package private(set) var length = 0
    package private(set) var labelCount = 0

    package init() {}
}

extension QuestionName {
    package var wire: Span<UInt8> {
        @_lifetime(borrow self) get { octets.span.extracting(first: length) }
    }

    /// Where a label's length stands in the name; the number of labels gives the root's zero.
    package func start(of label: Int) -> Int {
        label == labelCount ? length - 1 : Int(starts[label])
    }

    /// A label's octets without their length.
    @_lifetime(borrow self)
    package func label(_ number: Int) -> Span<UInt8> {
        let start = Int(starts[number])
        return octets.span.extracting(start + 1..<start + 1 + Int(octets[start]))
    }

    /// The labels from one to before another, as they stand in the name.
    @_lifetime(borrow self)
    package func labels(_ range: Range<Int>) -> Span<UInt8> {
        octets.span.extracting(start(of: range.lowerBound)..<start(of: range.upperBound))
    }

    /// How many labels stand before the zone's if the name lies in the zone, otherwise nil.
    package func labelsBefore(_ zone: ZoneSuffix) -> Int? {
        let start = length - zone.wire.count
        guard start >= 0, labelCount >= zone.labelCount,
            self.start(of: labelCount - zone.labelCount) == start
        else { return nil }
        for index in 0..<zone.wire.count where octets[start + index] != zone.wire[index] {
            return nil
        }
        return labelCount - zone.labelCount
    }
}

extension QuestionName {
    /// Reads a name that has no pointers from a message; where it ends, or nil if it is none.
    package mutating func read(from message: Span<UInt8>, at offset: Int) -> Int? {
        length = 0
        labelCount = 0
        var next = offset
        while next < message.count {
            let size = Int(message[next])
            guard size <= DomainName.longestLabel, next + size < message.count,
                length + size + 1 <= DomainName.longestName
            else { return nil }
            if size > 0 { startLabel() }
            for index in next...next + size {
                octets[length] = message[index].lowercasedASCII
                length += 1
            }
            next += size + 1
            if size == 0 { return next }
        }
        return nil
    }

    /// Takes another name in the place of the one asked for.
    package mutating func assign(_ name: DomainName) {
        _ = read(from: name.wire.span, at: 0)
    }

    package var domainName: DomainName {
        var wire: [UInt8] = []
        wire.reserveCapacity(length)
        for index in 0..<length { wire.append(octets[index]) }
        return DomainName(unchecked: wire)
    }

    private mutating func startLabel() {
        starts[labelCount] = UInt8(length)
        labelCount += 1
    }
}

/// The name of a zone, ready to be compared with the ends of names.
package struct ZoneSuffix: Hashable, Sendable {
    /// In lower case.
    package let wire: [UInt8]
    package let labelCount: Int

    package init(_ name: DomainName) {
        wire = name.lowercased.wire
        labelCount = name.labelCount
    }

    package var name: DomainName { DomainName(unchecked: wire) }
}
