import Kubernetes
import Network

/// What records of SVCB and HTTPS say of a service beside its name (RFC 9460).
struct ServiceParameters {
    /// The values by key; they are sent in the keys' order.
    private var values: [UInt16: [UInt8]] = [:]
}

/// The keys that have words.
private enum ServiceKey: UInt16, CaseIterable {
    case mandatory, alpn, noDefaultALPN, port, ipv4hint, ech, ipv6hint

    var name: String {
        switch self {
        case .mandatory: "mandatory"
        case .alpn: "alpn"
        case .noDefaultALPN: "no-default-alpn"
        case .port: "port"
        case .ipv4hint: "ipv4hint"
        case .ech: "ech"
        case .ipv6hint: "ipv6hint"
        }
    }

    static func name(_ number: UInt16) -> String {
        ServiceKey(rawValue: number)?.name ?? "key\(number)"
    }

    static func number(_ name: String) -> UInt16? {
        if let known = allCases.first(where: { $0.name == name }) { return known.rawValue }
        return name.hasPrefix("key") ? UInt16(name.dropFirst(3)) : nil
    }
}

// MARK: to text

extension ServiceParameters {
    /// Nil for data that is none: a key in the wrong place, a value cut short.
    static func text(_ data: ArraySlice<UInt8>) -> String? {
        var (rest, last): (ArraySlice<UInt8>, Int) = (data, -1)
        var words: [String] = []
        while !rest.isEmpty {
            guard let key = integer(&rest), let length = integer(&rest), Int(key) > last,
                rest.count >= Int(length)
            else { return nil }
            last = Int(key)
            words.append(text(key, rest.prefix(Int(length))))
            rest = rest.dropFirst(Int(length))
        }
        return words.joined(separator: " ")
    }

    private static func integer(_ rest: inout ArraySlice<UInt8>) -> UInt16? {
        guard let high = rest.popFirst(), let low = rest.popFirst() else { return nil }
        return UInt16(high) << 8 | UInt16(low)
    }

    /// A parameter in words, or as octets where its value is not what its key has.
    private static func text(_ number: UInt16, _ value: ArraySlice<UInt8>) -> String {
        if let key = ServiceKey(rawValue: number) {
            if key == .noDefaultALPN, value.isEmpty { return key.name }
            if let words = words(key, value) { return "\(key.name)=\(words)" }
        }
        return "key\(number)=\(RecordDataPrinter.quoted(value))"
    }

    private static func words(_ key: ServiceKey, _ value: ArraySlice<UInt8>) -> String? {
        if value.isEmpty { return nil }
        switch key {
        case .mandatory: return keys(value)
        case .alpn: return protocols(value)
        case .port: return value.count == 2 ? "\(value.reduce(0, combined))" : nil
        case .ipv4hint: return list(value, each: 4, address)
        case .ipv6hint: return list(value, each: 16, address)
        case .ech: return Base64.encode(Array(value))
        case .noDefaultALPN: return nil
        }
    }

    /// Nil if they are not in order, each once (RFC 9460 section 8).
    private static func keys(_ value: ArraySlice<UInt8>) -> String? {
        var last = -1
        var isOrdered = true
        let names = list(value, each: 2) { octets in
            let key = octets.reduce(0, combined)
            isOrdered = isOrdered && Int(key) > last
            last = Int(key)
            return ServiceKey.name(key)
        }
        return isOrdered ? names : nil
    }

    private static func combined(_ high: UInt16, _ low: UInt8) -> UInt16 { high << 8 | UInt16(low) }

    private static func address(_ octets: ArraySlice<UInt8>) -> String {
        IPAddress(octets: octets.span).map { "\($0)" } ?? ""
    }

    private static func list(
        _ value: ArraySlice<UInt8>, each width: Int, _ text: (ArraySlice<UInt8>) -> String
    ) -> String? {
        guard value.count.isMultiple(of: width) else { return nil }
        return stride(from: value.startIndex, to: value.endIndex, by: width)
            .map { text(value[$0..<$0 + width]) }.joined(separator: ",")
    }

    private static func protocols(_ value: ArraySlice<UInt8>) -> String? {
        var (rest, names) = (value, [String]())
        while let length = rest.popFirst() {
            let name = rest.prefix(Int(length))
            // A comma or an escape within a name would have to be escaped twice.
            guard length > 0, name.count == Int(length), name.allSatisfy(isPlain) else {
                return nil
            }
            names.append(String(decoding: name, as: UTF8.self))
            rest = rest.dropFirst(Int(length))
        }
        return names.joined(separator: ",")
    }

    private static func isPlain(_ octet: UInt8) -> Bool {
        octet.isLetterOrDigit || "/.-_".utf8.contains(octet)
    }
}

// MARK: from text

extension ServiceParameters {
    static func octets(_ tokens: ArraySlice<MasterToken>) throws(DNSError) -> [UInt8] {
        var (rest, parameters) = (tokens, ServiceParameters())
        while let token = rest.popFirst() {
            let parts = token.octets.split(
                separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            let name = String(decoding: parts[0], as: UTF8.self)
            var value = parts.count == 2 ? parts[1] : []
            if token.octets.last == UInt8(ascii: "="), let next = rest.first, next.isAttached,
                next.isQuoted
            {
                value = next.octets
                rest.removeFirst()
            }
            try parameters.take(name, MasterToken(octets: value, isQuoted: true, isAttached: true))
        }
        return parameters.octets
    }

    private var octets: [UInt8] {
        values.sorted { $0.key < $1.key }.flatMap { key, value in
            Self.octets(key) + Self.octets(UInt16(truncatingIfNeeded: value.count)) + value
        }
    }

    private static func octets(_ number: UInt16) -> [UInt8] {
        [UInt8(number >> 8), UInt8(truncatingIfNeeded: number)]
    }

    private mutating func take(_ name: String, _ token: MasterToken) throws(DNSError) {
        guard let number = ServiceKey.number(name) else {
            throw .record("'\(name)' is no parameter; keys without a name are written key667")
        }
        let plain = try token.unescaped()
        let value =
            name.hasPrefix("key")
            ? plain
            : Self.value(ServiceKey(rawValue: number), String(decoding: plain, as: UTF8.self))
        guard let value, value.count <= UInt16.max else {
            throw .record("'\(token.text)' is no value of \(name)")
        }
        guard values.updateValue(value, forKey: number) == nil else {
            throw .record("\(name) is there twice")
        }
    }

    private static func value(_ key: ServiceKey?, _ text: String) -> [UInt8]? {
        switch key {
        case .mandatory:
            guard let keys = all(text, { ServiceKey.number($0) }), Set(keys).count == keys.count
            else { return nil }
            return keys.sorted().flatMap { octets($0) }
        case .alpn:
            return all(text) { name in UInt8(exactly: name.utf8.count).map { [$0] + name.utf8 } }?
                .flatMap(\.self)
        case .noDefaultALPN: return text.isEmpty ? [] : nil
        case .port: return UInt16(text).map { octets($0) }
        case .ipv4hint: return addresses(text, .v4)
        case .ipv6hint: return addresses(text, .v6)
        case .ech: return text.isEmpty ? nil : Base64.decode(text.utf8.span)
        case nil: return nil
        }
    }

    private static func addresses(_ text: String, _ family: IPFamily) -> [UInt8]? {
        all(text) { part in
            IPAddress(part).flatMap { $0.family == family ? $0.wireOctets : nil }
        }?.flatMap(\.self)
    }

    /// All parts between commas; nil if one is empty or means nothing.
    private static func all<Part>(_ text: String, _ read: (String) -> Part?) -> [Part]? {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        let read = parts.compactMap { $0.isEmpty ? nil : read($0) }
        return read.count == parts.count ? read : nil
    }
}
