import Network
import Platform

/// What IPv6 does on a link, which only files of /proc/sys tell and take.
enum IPv6Switch {
    /// Lets a link have IPv6 addresses where a default forbids it, and then others with it.
    static func turnOn(_ link: InterfaceName, and others: String...) throws(CNIError) {
        try reporting { () throws(PlatformError) in
            let setting = setting("disable_ipv6", of: link.rawValue)
            guard try setting.read() != "0" else { return }
            try setting.write("0")
            for other in others { try self.setting("disable_ipv6", of: other).write("0") }
        }
    }

    /// Lets addresses outlive that the link is switched off for a while.
    static func keepAddresses(_ link: InterfaceName) throws(CNIError) {
        try reporting { () throws(PlatformError) in
            try setting("keep_addr_on_down", of: link.rawValue).write("1")
        }
    }

    /// Asks whether others have an address before it is used, and knows its own question again
    /// where the link brings it back (RFC 7527).
    static func detectDuplicates(_ link: InterfaceName) throws(CNIError) {
        try reporting { () throws(PlatformError) in
            for name in ["accept_dad", "enhanced_dad"] {
                try setting(name, of: link.rawValue).write("1")
            }
        }
    }

    /// Takes no routes from what pods say to be routers.
    static func ignoreAdvertisements(_ link: InterfaceName) throws(CNIError) {
        do throws(PlatformError) {
            try setting("accept_ra", of: link.rawValue).write("0")
        } catch  where error.isVanished {
            // A kernel without IPv6 has nothing to ignore.
        } catch {
            throw CNIError(error)
        }
    }

    private static func setting(_ name: String, of link: String) -> Sysctl {
        // With slashes: a link's name may have dots.
        Sysctl("net/ipv6/conf/\(link)/\(name)")
    }
}
