import NFTables
package import Network
import Platform

/// What the proxy needs of the node's kernel.
package struct KernelNeeds {
    let feature: Feature
    /// By the words of people, and by those of who builds kernels.
    let name: String
    let module: String
    let option: String
}

extension KernelNeeds {
    /// What the tables of some families are made of.
    static func all(of families: [IPFamily]) -> [Self] {
        families.map { family in
            let base = Chain.Base(.nat, .prerouting, priority: Chain.Base.Priority.destinationNAT)
            return Self(
                feature: .chain(ProxyTable(family).name.family, base),
                name: "translation of \(family) addresses", module: "nft_chain_nat",
                option: "CONFIG_NFT_NAT")
        } + shared
    }

    private static let shared = [
        expression(.load(conntrack: .mark), "connection marks", "nft_ct", "CONFIG_NFT_CT"),
        expression(
            .numberGenerator(NumberGenerator(.incremental, modulus: 2)), "taking turns (numgen)",
            "nft_numgen", "CONFIG_NFT_NUMGEN"),
        expression(
            .hash(PacketHash(.symmetric, modulus: 2)), "hashing (jhash)", "nft_hash",
            "CONFIG_NFT_HASH"),
        expression(
            .fib(FIB(.addressKind, of: .sourceAddress)), "asking for routes (fib)", "nft_fib_inet",
            "CONFIG_NFT_FIB_INET"),
        expression(
            .reject(.icmpPortUnreachable), "refusing packets (reject)", "nft_reject_inet",
            "CONFIG_NFT_REJECT_INET"),
        expression(
            .masquerade(Masquerade()), in: Chain.Base(.nat, .postrouting, priority: 0),
            "masquerading", "nft_masq", "CONFIG_NFT_MASQ"),
        Self(
            feature: .dynamicMaps, name: "maps that rules fill", module: "nf_tables",
            option: "CONFIG_NF_TABLES of Linux 5.7 or later"),
    ]

    private static func expression(
        _ expression: Expression, in base: Chain.Base? = nil, _ name: String, _ module: String,
        _ option: String
    ) -> Self {
        Self(feature: .expression(expression, in: base), name: name, module: module, option: option)
    }
}

extension KernelNeeds {
    /// Throws what people are to do if the running kernel lacks anything.
    ///
    /// The kernel waits for a grace period when it takes a trial back: 5 to 16 ms, which only those
    /// should pay whose rules were refused.
    package static func check(_ families: [IPFamily]) throws {
        var kernel = try KernelRuleset()
        try check(all(of: families), in: &kernel)
    }

    static func check(_ needs: [Self], in kernel: inout KernelRuleset) throws {
        guard let missing = try kernel.firstMissing(of: needs.map(\.feature)),
            let need = needs.first(where: { $0.feature == missing })
        else { return }
        throw ConfigurationError(
            "", "this kernel's nftables lacks \(need.name)",
            remedy: "load the module \(need.module), or take a kernel with \(need.option)")
    }

    /// The families that the kernel has addresses of (S114).
    package static func present(of families: [IPFamily]) -> [IPFamily] {
        // There is no such file where IPv6 is not built in, not loaded, or switched off at boot.
        do throws(PlatformError) {
            let status = try File.status("/proc/self/net/if_inet6")
            return present(of: families, hasIPv6: status != nil)
        } catch {
            return families
        }
    }

    static func present(of families: [IPFamily], hasIPv6: Bool) -> [IPFamily] {
        families.filter { $0 == .v4 || hasIPv6 }
    }
}
