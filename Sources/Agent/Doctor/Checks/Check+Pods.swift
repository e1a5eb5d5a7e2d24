import CNI
import Netlink

extension Check {
    static let pods = [
        Check("leases", "addresses of pods against their links") { $0.leases },
        Check("links", "links of pods against their addresses") { $0.leaselessLinks },
    ]
}

extension MachineFacts {
    fileprivate var leases: [Finding] {
        guard let first = leaseDefects.first else { return [] }
        let others = leaseDefects.count - 1
        return [
            .warning(
                "\(first)" + (others == 0 ? "" : " (and \(others) more)"),
                "weft ipam check lists all of it, weft ipam reclaim releases what nobody has")
        ]
    }

    /// Links of networks that have leases, with an owner that has none.
    fileprivate var leaselessLinks: [Finding] {
        podLinks.compactMap { link in
            guard
                let owner = link.alias?.dropFirst(LinkOwner.mark.count).prefix(while: { $0 != " " }
                ),
                let network = owner.split(separator: "/").first,
                let leased = leased[String(network)], !leased.contains(String(owner))
            else { return nil }
            return .warning(
                "the link \(link.name) of \(owner) has no lease: its address may be given to another",
                "if its container is gone, ip link delete \(link.name); else restart its pod")
        }
    }
}
