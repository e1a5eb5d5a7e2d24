/// The reference's choice between iptables and nftables; Weft has one way, which both words mean.
enum RulesetBackend {
    static func check(_ setting: Setting) throws(CNIError) {
        guard let name = try setting.string() else { return }
        guard ["iptables", "nftables"].contains(name) else {
            throw setting.wrong("must be nftables, or iptables for the same thing")
        }
    }
}
