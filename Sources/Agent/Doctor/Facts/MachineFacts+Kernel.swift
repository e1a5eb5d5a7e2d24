import NFTables
import Netlink
import Network
import Platform
import Proxy

extension MachineFacts {
    /// What the kernel of the caller's namespaces says.
    mutating func lookAtKernel() {
        look("the kernel's nftables") { facts in try facts.readNeeds() }
        look("links, addresses and routes") { facts in try facts.readNetwork() }
        look("nftables") { facts in try facts.readChains() }
        look("the clock") { facts in
            facts.isClockSynchronized = try Clock.isSynchronized
        }
        readSettings()
        legacyTables = ["ip", "ip6"].flatMap { family in
            lines(of: "/proc/thread-self/net/\(family)_tables_names").map { "\(family) \($0)" }
        }
    }

    /// Takes a look, and notes what kept it from seeing.
    mutating func look(_ what: String, _ body: (inout MachineFacts) throws -> Void) {
        do { try body(&self) } catch { blind.append("\(what): \(error)") }
    }

    private mutating func readNeeds() throws {
        do {
            try KernelNeeds.check(KernelNeeds.present(of: IPFamily.allCases))
        } catch let error as ConfigurationError {
            missingFeatures.append(MissingFeature(text: error.problem, remedy: error.remedy))
        }
        var socket = try RouteSocket()
        var kinds: [LinkKind] = [.veth]
        if [.auto, .vxlan].contains(configuration.routes.mode) { kinds.append(.vxlan) }
        for kind in kinds where try !socket.supports(.links(kind)) {
            let feature = KernelFeature.links(kind)
            missingFeatures.append(
                MissingFeature(
                    text: "this kernel has no \(kind) links",
                    remedy: "modprobe \(feature.module), or a kernel with \(feature.option)"))
        }
    }

    private mutating func readNetwork() throws(NetlinkError) {
        var socket = try RouteSocket()
        links = try socket.list(.links)
        addresses = try socket.list(.addresses)
        for family in IPFamily.allCases {
            routes += try socket.list(.routes(family, table: .main)).filter {
                $0.family == family && $0.table == .main
            }
        }
    }

    private mutating func readChains() throws(NFTablesError) {
        var ruleset = try KernelRuleset()
        for table in try ruleset.tables(nil) {
            chains[table.name] = try ruleset.chains(in: table.name)
        }
    }

    private mutating func readSettings() {
        let names = SettingNames.fixed + links.map { SettingNames.reversePath($0.name) }
        for name in names { settings[name] = try? Sysctl(name).read() }
        guard settings[SettingNames.connectionLimit] == nil else { return }
        missingFeatures.append(
            MissingFeature(
                text: "this kernel does not track connections",
                remedy: "modprobe nf_conntrack, or a kernel with CONFIG_NF_CONNTRACK"))
    }

    /// None where there is no such file.
    func lines(of path: String) -> [String] {
        let text = (try? File.read(path)).map { String(decoding: $0, as: UTF8.self) } ?? ""
        return text.split(separator: "\n").map(String.init)
    }
}
