import NFTables

/// What the table is to hold for a pod: an element of one of its maps.
struct PodElement: Hashable, Sendable {
    let map: PodMap
    let key: Value
    let content: Content

    enum Content: Hashable, Sendable {
        case member
        case value(Value)
        /// The set is the chain's own.
        case memberOf(PodChain)
    }

    init(_ map: PodMap, _ key: Value, _ content: Content = .member) {
        self.map = map
        self.key = key
        self.content = content
    }
}

extension PodElement {
    var chain: PodChain? {
        switch content {
        case .memberOf(let chain): chain
        case .member, .value: nil
        }
    }

    func element(of owner: String) -> Element { Element(key, data, comment: owner) }

    var data: Element.Data? {
        switch content {
        case .member, .memberOf: nil
        case .value(let value): .value(value)
        }
    }
}

/// An element as it is in the table.
struct InstalledElement: Hashable, Sendable {
    let map: PodMap
    let element: Element

    /// Whose it is; nil when somebody else put it there.
    var owner: String? { element.comment }

    /// The chain that is for it.
    var chain: String? { map.chain }
}

extension Transaction {
    mutating func add(_ elements: [PodElement], of owner: String) {
        for (map, elements) in Dictionary(grouping: elements, by: \.map) {
            add(ElementList(elements.map { $0.element(of: owner) }), to: map.set, .strict)
        }
    }

    mutating func delete(_ elements: [InstalledElement]) {
        for (map, elements) in Dictionary(grouping: elements, by: \.map) {
            delete(ElementList(elements.map { Element($0.element.key) }), from: map.set)
        }
    }
}
