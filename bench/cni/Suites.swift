import Network
import Platform

/// The two suites of plugins, and the configurations by which both do the same.
struct Suites {
    /// Where our binary stands under each name that it is called by.
    let ours: String
    let reference: String

    /// Links to our binary in a new directory, as `make install` places them.
    init(program: String, reference: String) throws(PlatformError) {
        ours = "/tmp/weft-bench-cni.\(MonotonicTime.now.nanoseconds)"
        self.reference = reference
        try Directory.create(ours)
        // Not from where the link is, but from where we are, as whoever gave the path meant it.
        let target = program.hasPrefix("/") ? program : "/proc/self/cwd/\(program)"
        for name in Self.names { try File.link("\(ours)/\(name)", to: target) }
    }

    func remove() throws(PlatformError) {
        for name in Self.names { try File.remove("\(ours)/\(name)") }
        try Directory.remove(ours)
    }

    private static let names = ["weft-cni", "weft-ipam", "bridge", "host-local"]
}

extension Suites {
    /// The same configuration for both: a bridge and addresses.
    func bridge(_ suite: String, of network: String) -> Chain.Plugin {
        Chain.Plugin(path: "\(suite)/bridge") { _ in
            #""type":"bridge","# + Self.bridge(network)
        }
    }

    /// The reference's two plugins for a pod that is masqueraded and has a host port.
    func masqueradingBridge(_ network: String) -> Chain.Plugin {
        Chain.Plugin(path: "\(reference)/bridge") { _ in
            #""type":"bridge","ipMasq":true,"# + Self.bridge(network)
        }
    }

    func portmap(_ network: String) -> Chain.Plugin {
        Chain.Plugin(path: "\(reference)/portmap") { pod in
            #""cniVersion":"1.0.0","name":"\#(network)","type":"portmap","# + Self.hostPort(pod)
        }
    }

    /// Our one plugin for the same.
    func everything(_ network: String) -> Chain.Plugin {
        Chain.Plugin(path: "\(ours)/weft-cni") { pod in
            #""type":"weft-cni","mode":"bridge","ipMasq":true,"#
                + Self.bridge(network) + "," + Self.hostPort(pod)
        }
    }

    private static func bridge(_ network: String) -> String {
        #""cniVersion":"1.0.0","name":"\#(network)","bridge":"bench0","isDefaultGateway":true,"#
            + addresses(network)
    }

    private static func hostPort(_ pod: Int) -> String {
        let mapping = #"{"hostPort":\#(20_000 + pod),"containerPort":80,"protocol":"tcp"}"#
        return #""runtimeConfig":{"portMappings":[\#(mapping)]}"#
    }

    private static func addresses(_ network: String) -> String {
        #""ipam":{"type":"host-local","dataDir":"\#(leases)","ranges":[[{"subnet":"10.66.0.0/16"}]]}"#
    }

    static let leases = "/var/lib/cni/networks"
}

extension Suites {
    /// A routed pod, with one address or two.
    func routed(_ network: String, isDualStack: Bool) -> Chain.Plugin {
        let second = isDualStack ? #",[{"subnet":"fd00:66::/64"}]"# : ""
        return Chain.Plugin(path: "\(ours)/weft-cni") { _ in
            #""cniVersion":"1.1.0","name":"\#(network)","type":"weft-cni","#
                + #""ipam":{"ranges":[[{"subnet":"10.66.0.0/16"}]\#(second)]}"#
        }
    }

    /// A routed pod with everything that one process may do for it.
    func routedWithPort(_ network: String) -> Chain.Plugin {
        Chain.Plugin(path: "\(ours)/weft-cni") { pod in
            #""cniVersion":"1.1.0","name":"\#(network)","type":"weft-cni","ipMasq":true,"#
                + #""ipam":{"ranges":[[{"subnet":"10.66.0.0/16"}]]},"# + Self.hostPort(pod)
        }
    }

    /// The addresses alone.
    func addresses(_ network: String) -> Chain.Plugin {
        Chain.Plugin(path: "\(ours)/host-local") { _ in
            #""cniVersion":"1.0.0","name":"\#(network)","type":"bridge","# + Self.addresses(network)
        }
    }
}

extension Suites {
    /// Leases from the range's second address on, as host-local stores them.
    static func writeReferenceLeases(_ network: String, _ count: Int) throws {
        let directory = "\(leases)/\(network)"
        try Directory.create(directory)
        let first = 0x0A42_0000 + 2  // 10.66.0.2
        for number in 0..<count {
            let address = IPv4Address(rawValue: UInt32(first + number))
            let owner = "other\(number)\r\neth0"
            try File.replace("\(directory)/\(address)", with: owner.utf8Span.span)
        }
        let last = "\(IPv4Address(rawValue: UInt32(first + count - 1)))"
        try File.replace("\(directory)/last_reserved_ip.0", with: last.utf8Span.span)
    }
}
