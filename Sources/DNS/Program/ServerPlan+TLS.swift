import TLS

extension ServerPlan {
    /// What servers of DNS over TLS show their clients, at each point that is one.
    func tlsContexts(
        _ surroundings: Surroundings
    ) throws(DNSError) -> [ListeningPoint: TLSContext] {
        var contexts: [ListeningPoint: TLSContext] = [:]
        for (point, served) in points where point.scheme == .tls {
            for served in served {
                let block = blocks[served.block].options
                guard let options = block.tls else {
                    throw DNSError(
                        .configuration, "serve \(served.zone) over TLS",
                        "the block at \(block.place) has no certificate: add tls CERT KEY")
                }
                contexts[point] = try context(options, block, surroundings)
            }
        }
        return contexts
    }

    private func context(
        _ options: TLSOptions, _ block: ServerBlock, _ surroundings: Surroundings
    ) throws(DNSError) -> TLSContext {
        let identity = TLSIdentity(
            certificates: try surroundings.read(options.certificate),
            key: try surroundings.read(options.key))
        let authorities = try authorities(options, block, surroundings)
        do throws(TLSError) {
            return try .server(identity, clientAuthorities: authorities)
        } catch {
            throw DNSError(.configuration, "serve over TLS", "\(block.place): \(error)")
        }
    }

    /// Whose clients are served; nil for everybody's.
    private func authorities(
        _ options: TLSOptions, _ block: ServerBlock, _ surroundings: Surroundings
    ) throws(DNSError) -> [UInt8]? {
        switch options.clientAuthentication {
        case .none: return nil
        case .requireAndVerify:
            guard let authority = options.authority else { break }
            return try surroundings.read(authority)
        case .request, .require, .verifyIfGiven: break
        }
        throw DNSError(
            .configuration, "ask clients who they are",
            "\(block.place): write client_auth nocert, or client_auth require_and_verify and an "
                + "authority behind the key")
    }
}
