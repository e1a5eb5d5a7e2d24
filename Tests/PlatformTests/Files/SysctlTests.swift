import Testing
import TestSupport

@testable import Platform

struct `A kernel setting` {
    @Test(arguments: [
        ("net.ipv4.ip_forward", "/proc/sys/net/ipv4/ip_forward"),
        ("net/ipv4/conf/eth0.100/rp_filter", "/proc/sys/net/ipv4/conf/eth0.100/rp_filter"),
        ("net.ipv4.conf.eth0/100.rp_filter", "/proc/sys/net/ipv4/conf/eth0.100/rp_filter"),
    ])
    func `is named as sysctl names it`(name: String, path: String) {
        #expect(Sysctl(name).path == path)
    }

    @Test(.requiresRoot) func `is written and read in the namespace of the thread`() throws {
        let namespace = try NetworkNamespace.anonymous()
        let setting = Sysctl("net.ipv4.ip_default_ttl")
        let outside = try setting.read()
        let inside = try namespace.run { () throws(PlatformError) in
            try setting.write("77")
            return try setting.read()
        }
        #expect(inside == "77")
        #expect(try setting.read() == outside)
    }

    @Test func `that does not exist says what may be missing`() {
        let error = #expect(throws: PlatformError.self) { try Sysctl("net.weft.none").read() }
        #expect(error?.isVanished == true)
        #expect(error?.description.contains("its module is not loaded") == true)
    }

    @Test(arguments: ["net/../../../etc/passwd", "net..ipv4", "", "net.ipv4.conf.//.x"])
    func `a name that leads elsewhere is refused`(name: String) {
        #expect(throws: PlatformError.self) { try Sysctl(name).read() }
    }

    @Test(.requiresRoot) func `a value the kernel refuses is said to be so`() throws {
        let namespace = try NetworkNamespace.anonymous()
        let error = #expect(throws: PlatformError.self) {
            try namespace.run { () throws(PlatformError) in
                try Sysctl("net.ipv4.ip_default_ttl").write("none")
            }
        }
        #expect(error?.description.contains("refuses that value") == true)
    }
}
