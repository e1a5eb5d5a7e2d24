package import Network

extension AddressAndPort {
    /// Parses where to listen: as ever, or ":80" for all addresses of both families.
    package init(listeningOn text: String) throws(NetworkError) {
        try self.init(validating: text.hasPrefix(":") ? "[::]\(text)" : text)
    }
}
