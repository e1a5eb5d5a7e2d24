import NFTables
import Network
import TestSupport
import Testing

@testable import Proxy

@Suite struct `What the proxy needs of a kernel` {
    @Test func `S114 a kernel without IPv6 leaves its family out`() {
        #expect(KernelNeeds.present(of: IPFamily.allCases, hasIPv6: true) == IPFamily.allCases)
        #expect(KernelNeeds.present(of: IPFamily.allCases, hasIPv6: false) == [.v4])
        #expect(KernelNeeds.present(of: [.v6], hasIPv6: false) == [])
        #expect(KernelNeeds.present(of: IPFamily.allCases) == IPFamily.allCases)
    }

    @Test(.requiresRoot) func `a kernel that has all of it is not touched`() throws {
        try withLab { lab in
            try lab.host("node").run {
                var kernel = try KernelRuleset()
                let before = try kernel.generation()
                try KernelNeeds.check(IPFamily.allCases)
                #expect(try kernel.generation() == before)
                #expect(try kernel.tables(nil).isEmpty)
            }
        }
    }

    @Test(.requiresRoot) func `what is missing is named, and what to do about it`() throws {
        // No kernel translates addresses at the ingress.
        let base = Chain.Base(.nat, .ingress, priority: 0, devices: ["lo"])
        let missing = KernelNeeds(
            feature: .chain(.inet, base), name: "wonders", module: "nft_wonder",
            option: "CONFIG_NFT_WONDER")
        try withLab { lab in
            try lab.host("node").run {
                var kernel = try KernelRuleset()
                let error = #expect(throws: ConfigurationError.self) {
                    try KernelNeeds.check(
                        KernelNeeds.all(of: IPFamily.allCases) + [missing], in: &kernel)
                }
                #expect(
                    error?.description == "this kernel's nftables lacks wonders; load the module "
                        + "nft_wonder, or take a kernel with CONFIG_NFT_WONDER")
            }
        }
    }
}
