import Network

/// What tests write with IPv4 addresses, in either family.
extension IPFamily {
    private static let prefixes = [
        "10.96.0.": "fd00:96::", "10.100.0.": "fd00:96:1::", "10.244.1.": "fd00:244:1::",
        "10.244.2.": "fd00:244:2::", "192.168.9.": "fd00:9::", "192.0.2.": "fd00:2::",
        "203.0.113.": "fd00:113::", "198.51.100.": "fd00:100::", "8.8.8.": "2001:db8:8::",
        "127.0.0.": "::",
    ]

    func address(_ text: String) -> String {
        guard self == .v6, let dot = text.lastIndex(of: ".") else { return text }
        let last = text.index(after: dot)
        return (Self.prefixes[String(text[..<last])] ?? "") + text[last...]
    }

    /// "10.244.1.1 here ready", for `Endpoint(words:)`.
    func endpoint(_ words: String) -> String {
        let parts = words.split(separator: " ", maxSplits: 1).map(String.init)
        return "\(address(parts[0])) \(parts[1])"
    }

    /// "10.96.0.0/12", which is as wide as a /32 here.
    func network(_ text: String) -> String {
        let parts = text.split(separator: "/").map(String.init)
        return self == .v4 ? text : "\(address(parts[0]))/\(parts[1] == "24" ? "64" : "32")"
    }

    /// "10.96.0.1:80/udp"; services' names stay.
    func destination(_ text: String) -> String {
        guard self == .v6, text.first?.isNumber == true, let colon = text.firstIndex(of: ":")
        else { return text }
        return "[\(address(String(text[..<colon])))]\(text[colon...])"
    }
}
