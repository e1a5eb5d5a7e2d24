/// What a file such as /etc/resolv.conf says.
///
/// As the C library does, a line that means nothing is left out rather than refused.
package struct ResolverConfiguration: Hashable, Sendable {
    package var nameservers: [ScopedAddress] = []
    /// The domains that are tried behind a name.
    package var search: [DomainName] = []
    /// With how many dots a name is first tried as it is.
    package var ndots = 1
    package var timeout: Duration = .seconds(5)
    package var attempts = 2
    /// Whether the servers are asked in turn.
    package var rotates = false

    /// The C library's limits for what a file may ask (resolv.conf(5)).
    private static let (mostDots, longestTimeout, mostAttempts) = (15, 30, 5)

    package init() {}

    package init(_ text: [UInt8]) {
        for line in text.split(separator: UInt8(ascii: "\n")) { take(line) }
    }

    private mutating func take(_ line: ArraySlice<UInt8>) {
        let words = line.prefix { $0 != UInt8(ascii: "#") && $0 != UInt8(ascii: ";") }
            .split { $0 == 0x20 || $0 == 0x09 || $0 == 0x0d }
            .map { String(decoding: $0, as: UTF8.self) }
        guard let keyword = words.first else { return }
        let values = words.dropFirst()
        switch keyword {
        case "nameserver":
            if let server = values.first.flatMap({ ScopedAddress($0[...]) }) {
                nameservers.append(server)
            }
        // The last of these counts, whichever it is.
        case "search": search = values.compactMap(Self.domain)
        case "domain": search = values.prefix(1).compactMap(Self.domain)
        case "options": for option in values { take(option: option) }
        default: break
        }
    }

    private static func domain(_ text: String) -> DomainName? {
        do throws(DNSError) { return try DomainName(text).lowercased } catch { return nil }
    }

    private mutating func take(option: String) {
        let parts = option.split(separator: ":", maxSplits: 1)
        let number = parts.count == 2 ? Int(parts[1]).map { max(0, $0) } : nil
        switch (parts.first, number) {
        case ("ndots", let number?): ndots = min(number, Self.mostDots)
        case ("timeout", let number?): timeout = .seconds(max(1, min(number, Self.longestTimeout)))
        case ("attempts", let number?): attempts = max(1, min(number, Self.mostAttempts))
        case ("rotate", nil): rotates = true
        default: break
        }
    }
}
