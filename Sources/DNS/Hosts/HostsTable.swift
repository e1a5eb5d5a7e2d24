package import Network

/// Names and addresses in the form of /etc/hosts.
package struct HostsTable: Sendable {
    private var addresses: [DomainName: [IPAddress]] = [:]
    private var names: [IPAddress: [DomainName]] = [:]
    /// Lines that could not be read, which are left out.
    package private(set) var badLines = 0
    private let ttl: UInt32

    /// An empty table whose records live for so many seconds.
    package init(ttl: UInt32 = 3600) { self.ttl = ttl }

    /// Reads lines of an address and names, behind a # is a comment; later lines add to earlier ones.
    package init(parsing text: [UInt8], ttl: UInt32 = 3600) {
        self.init(ttl: ttl)
        add(parsing: text)
    }
}

extension HostsTable {
    /// The most that a file may have; hosts(5) names no limit, and lists of millions belong elsewhere.
    package static let longestFile = 10 << 20

    package var isEmpty: Bool { addresses.isEmpty }
    package var nameCount: Int { addresses.count }
    /// How many addresses all names have together.
    package var pairCount: Int { addresses.values.reduce(0) { $0 + $1.count } }

    /// Goes through all names, those at which addresses' names are asked for included.
    package func forEachName(_ body: (DomainName) -> Void) {
        for name in addresses.keys { body(name) }
        for address in names.keys { body(DomainName(reversing: address)) }
    }

    package mutating func add(parsing text: [UInt8]) {
        for line in text.split(whereSeparator: { $0 == UInt8(ascii: "\n") }) {
            let words = line.prefix { $0 != UInt8(ascii: "#") }
                .split { $0 == 0x20 || $0 == 0x09 || $0 == 0x0d }
            if words.isEmpty { continue }
            if !append(words) { badLines += 1 }
        }
        // Once for all: a file may have the same name in a million lines.
        for (name, list) in addresses where list.count > 1 { addresses[name] = list.unrepeated }
        for (address, list) in names where list.count > 1 { names[address] = list.unrepeated }
    }

    /// Adds an address and its names, behind those that are there.
    package mutating func add(_ address: IPAddress, _ names: [DomainName]) {
        for name in names where addresses[name]?.contains(address) != true {
            append(address, name)
        }
    }

    private mutating func append(_ address: IPAddress, _ name: DomainName) {
        addresses[name, default: []].append(address)
        names[address, default: []].append(name)
    }

    /// Adds the words of a line; false if there is no address or a word is no name.
    private mutating func append(_ words: [ArraySlice<UInt8>]) -> Bool {
        // An interface may stand behind a link-local address, and says nothing to others.
        let first = words[0].prefix { $0 != UInt8(ascii: "%") }
        guard let address = IPAddress(utf8: first.span) else { return false }
        let names = words.dropFirst().compactMap { word in
            try? DomainName(presentation: Array(word))
        }
        for name in names { append(address, name) }
        return words.count > 1 && names.count == words.count - 1
    }
}

extension HostsTable {
    /// What the table says of a name; nil if it does not know it.
    package func answer(
        _ name: DomainName, _ type: RecordType, isReversed: Bool = true
    ) -> HostsAnswer? {
        if let known = addresses[name] {
            let records = known.compactMap { record(name, type, $0) }
            return HostsAnswer(records: records)
        }
        guard isReversed, let address = IPAddress(reverseName: name), let known = names[address]
        else { return nil }
        guard type == .ptr else { return HostsAnswer(records: []) }
        return HostsAnswer(records: known.map { Record(name, .ptr, ttl: ttl, data: $0.wire) })
    }

    private func record(
        _ name: DomainName, _ type: RecordType, _ address: IPAddress
    ) -> Record? {
        guard type == (address.family == .v4 ? .a : .aaaa) else { return nil }
        return Record(name, type, ttl: ttl, data: address.wireOctets)
    }
}

extension Array where Element: Hashable {
    /// The elements without those that are there before.
    fileprivate var unrepeated: [Element] {
        var seen: Set<Element> = []
        return filter { seen.insert($0).inserted }
    }
}

/// What a table of hosts says of a name that it knows; no records are a type that the name lacks.
package struct HostsAnswer: Hashable, Sendable {
    package var records: [Record]
}

extension IPAddress {
    /// The address whose name in `in-addr.arpa` or `ip6.arpa` this is, all of it.
    package init?(reverseName name: DomainName) {
        var question = QuestionName()
        question.assign(name)
        guard question.labelCount > 2, let reverse = ReverseName(question), reverse.isWhole else {
            return nil
        }
        self = reverse.address
    }
}
