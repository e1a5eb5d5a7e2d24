import Network
import Platform

/// Whether the host passes packets on, which pods need to get anywhere but to their node.
enum Forwarding {
    private static func setting(_ family: IPFamily) -> Sysctl {
        switch family {
        case .v4: Sysctl("net/ipv4/ip_forward")
        case .v6: Sysctl("net/ipv6/conf/all/forwarding")
        }
    }

    /// Switches it on for these families; it is never switched off again.
    static func enable(_ families: some Sequence<IPFamily>) throws(CNIError) {
        for family in families {
            try reporting { () throws(PlatformError) in
                let setting = setting(family)
                if try setting.read() != "1" { try setting.write("1") }
            }
        }
    }
}
