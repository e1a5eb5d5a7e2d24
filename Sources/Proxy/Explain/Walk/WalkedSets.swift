import NFTables
import Network

/// A table's sets and maps as rules look into them.
struct WalkedSets {
    private let contents: HeldTable.Contents
    /// Whether nobody is bound to a backend.
    var ignoresAffinity = false
    private var indexes: [ProxySet: [Value: Element.Data?]] = [:]

    init(_ contents: HeldTable.Contents) { self.contents = contents }

    enum Answer {
        case absent
        case member
        case data(Element.Data)
    }

    func keyLength(_ set: ProxySet) -> Int { contents.sets[set.rawValue]?.key.length ?? 0 }

    mutating func look(up key: Value, in set: ProxySet) -> Answer {
        if set.isOfNetworks { return isInNetwork(key, set) ? .member : .absent }
        if set.isBorrowed || set == .affinity && ignoresAffinity { return .absent }
        if indexes[set] == nil { indexes[set] = index(set) }
        guard let found = indexes[set]?[key] else { return .absent }
        return found.map { .data($0) } ?? .member
    }

    private func index(_ set: ProxySet) -> [Value: Element.Data?] {
        var index = [Value: Element.Data?]()
        for list in contents.elements[set] ?? [] {
            for element in list { index[element.key] = .some(element.data) }
        }
        return index
    }

    private func isInNetwork(_ key: Value, _ set: ProxySet) -> Bool {
        (contents.networks[set] ?? []).contains { element in
            !element.isCatchAll && element.key <= key && key <= (element.keyEnd ?? element.key)
        }
    }
}
