/// What answers are kept by: name, type, class, and whether DO and CD were set.
///
/// It is kept and filled again, so that looking takes no memory.
package struct CacheKey: Sendable {
    private var octets: [260 of UInt8] = .init(repeating: 0)
    private var length = 0

    package init() {}

    /// What precedes the name: type, class and flags.
    private static let prefix = 5

    private enum Flag {
        static let wantsDNSSEC: UInt8 = 1
        static let checkingDisabled: UInt8 = 2
    }
}

extension CacheKey {
    package init(
        _ name: DomainName, _ type: RecordType, _ recordClass: RecordClass = .internet,
        wantsDNSSEC: Bool = false, checkingDisabled: Bool = false
    ) {
        setPrefix(type, recordClass, wantsDNSSEC, checkingDisabled)
        setName(name.lowercased.wire.span)
    }

    /// Takes what a client asks for.
    @inline(__always)
    package mutating func assign(_ query: Query, _ name: borrowing QuestionName) {
        setPrefix(
            query.type, query.recordClass, query.edns?.wantsDNSSEC ?? false,
            query.flags.contains(.checkingDisabled))
        setName(name.wire)
    }

    @inline(__always)
    private mutating func setPrefix(
        _ type: RecordType, _ recordClass: RecordClass, _ wantsDNSSEC: Bool,
        _ checkingDisabled: Bool
    ) {
        octets[0] = UInt8(type.rawValue >> 8)
        octets[1] = UInt8(truncatingIfNeeded: type.rawValue)
        octets[2] = UInt8(recordClass.rawValue >> 8)
        octets[3] = UInt8(truncatingIfNeeded: recordClass.rawValue)
        octets[4] =
            (wantsDNSSEC ? Flag.wantsDNSSEC : 0)
            | (checkingDisabled ? Flag.checkingDisabled : 0)
    }

    @inline(__always)
    private mutating func setName(_ wire: Span<UInt8>) {
        for index in wire.indices { octets[Self.prefix + index] = wire[index] }
        length = Self.prefix + wire.count
    }
}

extension CacheKey {
    package var span: Span<UInt8> {
        @_lifetime(borrow self) get { octets.span.extracting(first: length) }
    }

    /// In lower case.
    package var name: DomainName {
        DomainName(unchecked: span.octets(Self.prefix..<length))
    }

    package var type: RecordType { RecordType(rawValue: span.bigEndian16(at: 0)) }

    package var recordClass: RecordClass { RecordClass(rawValue: span.bigEndian16(at: 2)) }

    package var wantsDNSSEC: Bool { octets[4] & Flag.wantsDNSSEC != 0 }

    /// Whether a message answers this question.
    func isAsked(in message: Message) -> Bool {
        guard message.questions.count == 1 else { return false }
        let question = message.questions[0]
        return question.name == name && question.type == type
            && question.recordClass == recordClass
    }
}
