import Network
import Platform

/// A setting below /proc/sys that routes between nodes depend on (R11).
struct KernelSetting: Hashable, Sendable {
    let name: String
    let value: String
    /// The only value that it is changed from; nil for any.
    var only: String?

    /// Sets it where it is something else, and does without where the kernel has none of the name.
    func keep() throws(AgentError) {
        let setting = Sysctl(name)
        do throws(PlatformError) {
            let held = try setting.read()
            guard held != value, only == nil || held == only else { return }
            try setting.write(value)
        } catch  where error.isVanished {
        } catch {
            throw AgentError(.machine, "set \(name) to \(value)", error.reason)
        }
    }
}

extension KernelSetting {
    /// What lets a node pass packets on; never switched off again.
    ///
    /// A link that takes its default route from a router (accept_ra 1) would lose it as soon as the
    /// node forwards; 2 means that it keeps it.
    static func forwarding(_ family: IPFamily, by links: [String]) -> [KernelSetting] {
        switch family {
        case .v4: [KernelSetting(name: "net/ipv4/ip_forward", value: "1")]
        case .v6:
            links.map {
                KernelSetting(name: "net/ipv6/conf/\($0)/accept_ra", value: "2", only: "1")
            }
                + [KernelSetting(name: "net/ipv6/conf/all/forwarding", value: "1")]
        }
    }

    /// What a tunnel needs: it takes packets whose answers leave by another link, no routes from
    /// others, and IPv6 addresses where new links have none.
    static func tunnel(_ name: String, _ family: IPFamily) -> [KernelSetting] {
        switch family {
        case .v4: [KernelSetting(name: "net/ipv4/conf/\(name)/rp_filter", value: "2")]
        case .v6:
            [("disable_ipv6", "0"), ("accept_ra", "0"), ("autoconf", "0")].map {
                KernelSetting(name: "net/ipv6/conf/\(name)/\($0)", value: $1)
            }
        }
    }
}
