/// Elements in packed form: a hundred thousand cost their bytes and few allocations.
package struct ElementList: Sendable, Hashable {
    /// Each element: its form, then the parts that the form names, each behind its length.
    var packed: [UInt8] = []
    /// What few elements have, by the element's index.
    var rarities: [Int: Rarity] = [:]
    package private(set) var count = 0
    /// A chain's name that no message can carry; writing the list reports it.
    private(set) var faultyChain: String?

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
        let rarity = Rarity(element)
        packed.append(form(of: element, isRare: rarity != nil).rawValue)
        append(element.key)
        if let keyEnd = element.keyEnd { append(keyEnd) }
        switch element.data {
        case .value(let value): append(value)
        case .verdict(let verdict): append(verdict)
        case nil: break
        }
        if let rarity { rarities[count] = rarity }
        count += 1
    }

    private func form(of element: Element, isRare: Bool) -> Form {
        var form: Form = isRare ? .rarity : []
        if element.keyEnd != nil { form.insert(.keyEnd) }
        switch element.data {
        case .value: form.insert(.value)
        case .verdict: form.insert(.verdict)
        case nil: break
        }
        return form
    }

    private mutating func append(_ value: Value) {
        packed.append(addingCapacity: 1 + value.count) { output in
            output.append(UInt8(value.count))
            for index in 0..<value.count { output.append(value[index]) }
        }
    }

    private mutating func append(_ verdict: Verdict) {
        let code = UInt32(bitPattern: verdict.code)
        packed.append(addingCapacity: 4) { output in
            for index in (0..<4).reversed() {
                output.append(UInt8(truncatingIfNeeded: code >> (8 * UInt32(index))))
            }
        }
        let chain = verdict.chain ?? ""
        if chain.utf8.count > Name.maximumLength { faultyChain = chain }
        packed.append(UInt8(clamping: chain.utf8.count))
        packed.append(contentsOf: chain.utf8.prefix(Name.maximumLength))
    }
}

extension ElementList: Sequence, ExpressibleByArrayLiteral {
    package init(arrayLiteral elements: Element...) { self.init(elements) }

    package struct Iterator: IteratorProtocol {
        fileprivate let list: ElementList
        fileprivate var place = PackedIndex()

        package mutating func next() -> Element? { list.element(at: &place) }
    }

    package func makeIterator() -> Iterator { Iterator(list: self) }
    package var underestimatedCount: Int { count }
}
