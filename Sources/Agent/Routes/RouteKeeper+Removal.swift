import Netlink
import Network

extension RouteKeeper {
    /// Removes every route and tunnel that a keeper has made in this namespace, and tells which.
    ///
    /// Routes of pods of this node stay: they have the same mark, and end with their pods.
    package static func removeAll(onlyTelling: Bool = false) throws(AgentError) -> [String] {
        do throws(NetlinkError) {
            var kernel = try RoutingKernel()
            let found = try kernel.ours()
            guard !onlyTelling else { return found.map(\.text) }
            let outcomes = try kernel.outcomes(of: found.map(\.removal))
            for case let failure? in outcomes where !failure.isAbsence { throw failure }
            return found.map(\.text)
        } catch {
            throw AgentError(.network, "remove routes and tunnels", "\(error)")
        }
    }
}

extension RoutingKernel {
    fileprivate struct Leftover {
        let text: String
        let removal: Request
    }

    /// Routes first, as those through a tunnel end with it.
    fileprivate mutating func ours() throws(NetlinkError) -> [Leftover] {
        let links = try list(.links)
        let names = Dictionary(links.map { ($0.index, $0.name) }) { first, _ in first }
        var found: [Leftover] = []
        for family in IPFamily.allCases {
            for route in try list(.routes(family, table: .main, origin: .weft))
            where route.family == family && HeldEntry(route, tunnels: [:]) != nil {
                let text = "route \(route.text(names))"
                found.append(Leftover(text: text, removal: .delete(route)))
            }
        }
        for link in links where link.kind == .vxlan && link.alias == TunnelPlan.alias {
            let removal = Request.delete(.index(link.index))
            found.append(Leftover(text: "link \(link.name)", removal: removal))
        }
        return found
    }
}

extension Route {
    /// The route in the words of `ip route`, with links' names.
    fileprivate func text(_ names: [LinkIndex: String]) -> String {
        if type == .blackhole { return "blackhole \(destination)" }
        var text = "\(destination)"
        for hop in hops {
            if let gateway = hop.gateway { text += " via \(gateway)" }
            if let link = hop.link { text += " dev \(names[link] ?? "\(link)")" }
        }
        return text
    }
}
