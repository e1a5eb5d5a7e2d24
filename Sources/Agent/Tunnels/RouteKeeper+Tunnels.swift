import Netlink
import Network
import Platform

extension RouteKeeper {
    /// Makes the tunnels that are to be there, or makes them right.
    mutating func keepTunnels(_ links: [Link], _ outcome: inout RouteOutcome) {
        tunnelLinks = [:]
        for (family, plan) in tunnelPlans.sorted(by: { $0.key < $1.key }) {
            let link = links.first { $0.name == plan.name }
            do throws(NetlinkError) {
                guard let index = try keep(plan, link, &outcome) else {
                    outcome.fail(family, plan.foreign)
                    continue
                }
                tunnelLinks[family] = index
                for family in plan.addresses.map(\.family) {
                    outcome.keep(KernelSetting.tunnel(plan.name, family), family)
                }
                try keepAddresses(plan, on: index)
            } catch {
                outcome.fail(family, plan.error(error))
            }
        }
    }

    /// The tunnel's link, right in every way; nil where a link of somebody else has its name.
    private mutating func keep(
        _ plan: TunnelPlan, _ link: Link?, _ outcome: inout RouteOutcome
    ) throws(NetlinkError) -> LinkIndex? {
        guard let link else {
            outcome.tunnels.added += 1
            return try make(plan)
        }
        switch plan.repair(link) {
        case .nothing: return link.index
        case .foreign: return nil
        case .change(let changes):
            try kernel.run(.change(.index(link.index), changes))
            outcome.tunnels.replaced += 1
            return link.index
        case .replace:
            try kernel.run(.delete(.index(link.index)))
            outcome.tunnels.replaced += 1
            return try make(plan)
        }
    }

    private mutating func make(_ plan: TunnelPlan) throws(NetlinkError) -> LinkIndex {
        // Its address is given as it is made: one that the kernel has chosen, udev takes for none
        // and changes (R6).
        let name = InterfaceName(plan.name)
        guard let name else { throw NetlinkError(.invalid, "create vxlan link", plan.name) }
        let end = NewLink.End(name, address: plan.end, mtu: plan.mtu)
        let link = try kernel.create(NewLink(end, .vxlan(plan.settings)))
        try kernel.run(.change(.index(link), .alias(LinkAlias(TunnelPlan.alias))))
        // Of no use here, and refused where there is no IPv6.
        _ = try kernel.outcomes(of: [.change(.index(link), .linkLocalAddress(false))])
        try kernel.run(.change(.index(link), .up))
        return link
    }

    private mutating func keepAddresses(
        _ plan: TunnelPlan, on link: LinkIndex
    ) throws(NetlinkError) {
        var missing = plan.addresses
        for held in try kernel.list(.addresses(on: link)) where held.link == link {
            if let index = missing.firstIndex(of: held.address) {
                missing.remove(at: index)
            } else {
                try kernel.run(.delete(held))
            }
        }
        for address in missing {
            let flags: AddressFlags = address.family == .v6 ? .noDuplicateDetection : []
            try kernel.run(
                .add(InterfaceAddress(address, on: link, flags: flags, origin: .weft)))
        }
    }

    /// Removes tunnels of ours that are not to be there.
    mutating func removeTunnels(_ links: [Link], _ outcome: inout RouteOutcome) {
        let wanted = Set(tunnelPlans.values.map(\.name))
        for link in links where link.alias == TunnelPlan.alias && !wanted.contains(link.name) {
            do throws(NetlinkError) {
                try kernel.run(.delete(.index(link.index)))
                outcome.tunnels.removed += 1
            } catch  where error.isAbsence {
            } catch {
                for family in settings.families { outcome.fail(family, AgentError(error)) }
            }
        }
    }
}

extension TunnelPlan {
    fileprivate var foreign: AgentError {
        AgentError(
            .network, "make the tunnel \(name)",
            "a link of somebody else has the name: rename or remove it")
    }

    fileprivate func error(_ error: NetlinkError) -> AgentError {
        var cause = "\(error)"
        if error.errno == .exists {
            cause += ": another link has the name, or the VXLAN number \(id) and port \(port): "
            cause += "remove it, or give Weft another number (routes.vxlanID)"
        }
        return AgentError(.network, "make the tunnel \(name)", cause)
    }
}
