import Network

/// Where a real service is reached: an address or a name, and a port.
package struct TargetPlace: Hashable, Sendable {
    /// As the user wrote it.
    package let text: String
    let host: String
    let port: Port

    /// Takes `10.0.0.1:80`, `[fd00::1]:80` and `web.shop:80`; nil for anything else.
    package init?(_ text: String) {
        guard let colon = text.lastIndex(of: ":"),
            let port = Port(text[text.index(after: colon)...]),
            port != 0
        else { return nil }
        let host = text[..<colon]
        let isBracketed = host.hasPrefix("[") && host.hasSuffix("]")
        let name = isBracketed ? host.dropFirst().dropLast() : host
        // An IPv6 address without brackets would have lost its end to the port.
        guard !name.isEmpty, isBracketed == name.contains(":") else { return nil }
        self.text = text
        self.host = String(name)
        self.port = port
    }
}
