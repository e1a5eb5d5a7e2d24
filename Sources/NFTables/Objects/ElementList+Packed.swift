import CNftnl
import Netlink

extension ElementList {
    /// Which parts an element has.
    struct Form: OptionSet {
        let rawValue: UInt8
        static let keyEnd = Form(rawValue: 1)
        static let value = Form(rawValue: 2)
        static let verdict = Form(rawValue: 4)
        static let rarity = Form(rawValue: 8)
    }

    /// The parts that hardly any element has.
    struct Rarity: Hashable, Sendable {
        var timeout: UInt64?
        var expiration: UInt64?
        var comment: String?
        var expressions: [Expression]

        init?(_ element: Element) {
            timeout = element.timeout
            expiration = element.expiration
            comment = element.comment
            expressions = element.expressions
            let isEmpty =
                timeout == nil && expiration == nil && comment == nil && expressions.isEmpty
            if isEmpty { return nil }
        }
    }

    /// One element as it lies in the list.
    package struct Packed: ~Escapable {
        package let key: Span<UInt8>
        let keyEnd: Span<UInt8>?
        package let value: Span<UInt8>?
        package let verdict: PackedVerdict?
        let rarity: Rarity?

        @_lifetime(copy reader)
        fileprivate init(_ reader: inout PackedReader, rarities: [Int: Rarity]) {
            let form = Form(rawValue: reader.byte())
            key = reader.part()
            keyEnd = form.contains(.keyEnd) ? reader.part() : nil
            value = form.contains(.value) ? reader.part() : nil
            verdict = form.contains(.verdict) ? reader.verdict() : nil
            rarity = form.contains(.rarity) ? rarities[reader.index] : nil
            reader.index += 1
        }
    }

    /// A verdict's kernel number and the name of its chain, which is empty without one.
    package struct PackedVerdict: ~Escapable {
        let code: Int32
        package let chain: Span<UInt8>

        package var isJump: Bool { code == NFT_JUMP.rawValue }
        package var isGoto: Bool { code == NFT_GOTO.rawValue }

        @_lifetime(copy chain)
        fileprivate init(code: Int32, chain: Span<UInt8>) {
            self.code = code
            self.chain = chain
        }
    }

    /// The element at a place, which moves on to the next one; nil at the end.
    func element(at place: inout PackedIndex) -> Element? {
        guard place.offset < packed.count else { return nil }
        var reader = PackedReader(packed.span, place)
        let element = Element(Packed(&reader, rarities: rarities))
        place = reader.place
        return element
    }

    /// Hands out each element where it lies, and where that is.
    package func visit<Failure: Error>(
        _ body: (borrowing Packed, Place) throws(Failure) -> Void
    ) throws(Failure) {
        var reader = PackedReader(packed.span, PackedIndex())
        while reader.offset < packed.count {
            let place = Place(index: reader.place)
            try body(Packed(&reader, rarities: rarities), place)
        }
    }

    /// The whole element at a place.
    package subscript(place: Place) -> Element? {
        var index = place.index
        return element(at: &index)
    }

    package struct Place {
        fileprivate let index: PackedIndex
    }

    /// Hands out each element where it lies, until one is refused: the answer is its place.
    func forEachPacked<Failure: Error>(
        from start: PackedIndex = PackedIndex(),
        _ body: (borrowing Packed) throws(Failure) -> Bool
    ) throws(Failure) -> PackedIndex? {
        var reader = PackedReader(packed.span, start)
        while reader.offset < packed.count {
            let place = reader.place
            if !(try body(Packed(&reader, rarities: rarities))) { return place }
        }
        return nil
    }
}

/// Where an element lies in a list.
struct PackedIndex {
    fileprivate var offset = 0
    fileprivate var index = 0
}

/// Reads packed elements, which only the list itself writes.
private struct PackedReader: ~Escapable {
    private let bytes: Span<UInt8>
    var offset: Int
    var index: Int

    @_lifetime(copy bytes)
    init(_ bytes: Span<UInt8>, _ start: PackedIndex) {
        self.bytes = bytes
        offset = start.offset
        index = start.index
    }

    var place: PackedIndex { PackedIndex(offset: offset, index: index) }

    mutating func byte() -> UInt8 {
        defer { offset += 1 }
        return bytes[offset]
    }

    @_lifetime(copy self)
    mutating func part() -> Span<UInt8> {
        let start = offset + 1
        offset = start + Int(bytes[offset])
        return bytes.extracting(start..<offset)
    }

    @_lifetime(copy self)
    mutating func verdict() -> ElementList.PackedVerdict {
        var code: UInt32 = 0
        for _ in 0..<4 { code = code << 8 | UInt32(byte()) }
        return ElementList.PackedVerdict(code: Int32(bitPattern: code), chain: part())
    }
}

extension Element {
    fileprivate init(_ packed: borrowing ElementList.Packed) {
        self.init(Value(bytes: packed.key))
        if let keyEnd = packed.keyEnd { self.keyEnd = Value(bytes: keyEnd) }
        if let value = packed.value { data = .value(Value(bytes: value)) }
        if let verdict = packed.verdict { data = Verdict(verdict).map { .verdict($0) } }
        guard let rarity = packed.rarity else { return }
        timeout = rarity.timeout
        expiration = rarity.expiration
        comment = rarity.comment
        expressions = rarity.expressions
    }
}

extension Verdict {
    fileprivate init?(_ packed: borrowing ElementList.PackedVerdict) {
        let chain = String(decoding: packed.chain.copied(), as: UTF8.self)
        self.init(code: packed.code, chain: chain.isEmpty ? nil : chain)
    }
}
