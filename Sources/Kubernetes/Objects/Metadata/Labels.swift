/// Keys with values, sorted by key: labels, annotations, selectors.
///
/// Objects have a handful of them, so a list takes less room than a table and is as fast.
package struct Labels: Hashable, Sendable {
    package struct Label: Hashable, Sendable {
        package let key: String
        package let value: String
    }

    package private(set) var all: [Label] = []

    package init() {}
}

extension Labels: ExpressibleByDictionaryLiteral {
    package init(dictionaryLiteral elements: (String, String)...) {
        for (key, value) in elements { self[key] = value }
    }
}

extension Labels {
    package var isEmpty: Bool { all.isEmpty }

    package subscript(_ key: String) -> String? {
        get { position(of: key).found.map { all[$0].value } }
        set {
            let (found, place) = position(of: key)
            if let found { all.remove(at: found) }
            guard let newValue else { return }
            all.insert(Label(key: key, value: newValue), at: place)
        }
    }

    package mutating func keep(_ isKept: (String) -> Bool) {
        all.removeAll { !isKept($0.key) }
    }

    /// Whether all of a selector's pairs are among these.
    package func match(_ selector: Labels) -> Bool {
        selector.all.allSatisfy { self[$0.key] == $0.value }
    }

    /// Where a key stands, or would have to.
    private func position(of key: String) -> (found: Int?, place: Int) {
        // API servers write keys in order, so the end is where a new one mostly belongs.
        guard let last = all.last, last.key >= key else { return (nil, all.count) }
        let place = all.firstIndex { $0.key >= key } ?? all.count
        return (all[place].key == key ? place : nil, place)
    }
}
