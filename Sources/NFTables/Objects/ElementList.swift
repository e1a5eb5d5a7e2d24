/// Elements in packed form: a hundred thousand cost their bytes and few allocations.
package struct ElementList: Sendable, Hashable {
    /// Each element: its form, then key, key end and data, each behind its length.
    private var packed: [UInt8] = []
    /// What few elements have, by the element's index.
    private var rarities: [Int: Rarity] = [:]
    package private(set) var count = 0

    private struct Rarity: Hashable, Sendable {
        var timeout: UInt64?
        var expiration: UInt64?
        var comment: String?
        var expressions: [Expression]
    }

    /// Which parts an element has.
    private struct Form: OptionSet {
        let rawValue: UInt8
        static let keyEnd = Form(rawValue: 1)
        static let value = Form(rawValue: 2)
        static let verdict = Form(rawValue: 4)
        static let rarity = Form(rawValue: 8)
    }

    package init() {}

    package init(_ elements: some Sequence<Element>) {
        for element in elements { append(element) }
    }

    package var isEmpty: Bool { count == 0 }
    /// The bytes of all keys and data, roughly what they take in a message.
    package var byteCount: Int { packed.count }

    package mutating func reserveCapacity(_ elements: Int, bytesPerElement: Int) {
        packed.reserveCapacity(elements * bytesPerElement)
    }
}

extension ElementList {
    package mutating func append(_ element: Element) {
        let form = form(of: element)
        packed.append(form.rawValue)
        append(element.key)
        if let keyEnd = element.keyEnd { append(keyEnd) }
        switch element.data {
        case .value(let value): append(value)
        case .verdict(let verdict): append(verdict)
        case nil: break
        }
        if form.contains(.rarity) {
            rarities[count] = Rarity(
                timeout: element.timeout, expiration: element.expiration,
                comment: element.comment, expressions: element.expressions)
        }
        count += 1
    }

    private func form(of element: Element) -> Form {
        var form: Form = []
        if element.keyEnd != nil { form.insert(.keyEnd) }
        switch element.data {
        case .value: form.insert(.value)
        case .verdict: form.insert(.verdict)
        case nil: break
        }
        let isPlain =
            element.timeout == nil && element.expiration == nil && element.comment == nil
            && element.expressions.isEmpty
        if !isPlain { form.insert(.rarity) }
        return form
    }

    private mutating func append(_ value: Value) {
        packed.append(UInt8(value.count))
        for index in 0..<value.count { packed.append(value[index]) }
    }

    private mutating func append(_ verdict: Verdict) {
        let code = UInt32(bitPattern: verdict.code)
        for shift in [24, 16, 8, 0] as [UInt32] {
            packed.append(UInt8(truncatingIfNeeded: code >> shift))
        }
        // A name of more than 255 bytes is refused when the transaction is written.
        let chain = (verdict.chain ?? "").utf8.prefix(Int(UInt8.max))
        packed.append(UInt8(chain.count))
        packed.append(contentsOf: chain)
    }
}

extension ElementList: Sequence, ExpressibleByArrayLiteral {
    package init(arrayLiteral elements: Element...) { self.init(elements) }

    package struct Iterator: IteratorProtocol {
        fileprivate let list: ElementList
        private var offset = 0
        private var index = 0

        fileprivate init(_ list: ElementList) { self.list = list }

        package mutating func next() -> Element? {
            guard index < list.count else { return nil }
            let form = Form(rawValue: list.packed[offset])
            offset += 1
            var element = Element(value())
            if form.contains(.keyEnd) { element.keyEnd = value() }
            if form.contains(.value) { element.data = .value(value()) }
            if form.contains(.verdict) { element.data = verdict().map { .verdict($0) } }
            if form.contains(.rarity) { restore(&element) }
            index += 1
            return element
        }

        private mutating func value() -> Value {
            let start = offset + 1
            offset = start + Int(list.packed[offset])
            return Value(bytes: list.packed.span.extracting(start..<offset))
        }

        private mutating func verdict() -> Verdict? {
            let code = list.packed[offset..<offset + 4].reduce(0 as UInt32) { $0 << 8 | UInt32($1) }
            let start = offset + 5
            offset = start + Int(list.packed[offset + 4])
            let chain = String(decoding: list.packed[start..<offset], as: UTF8.self)
            return Verdict(code: Int32(bitPattern: code), chain: chain.isEmpty ? nil : chain)
        }

        private func restore(_ element: inout Element) {
            guard let rarity = list.rarities[index] else { return }
            element.timeout = rarity.timeout
            element.expiration = rarity.expiration
            element.comment = rarity.comment
            element.expressions = rarity.expressions
        }
    }

    package func makeIterator() -> Iterator { Iterator(self) }
    package var underestimatedCount: Int { count }
}
