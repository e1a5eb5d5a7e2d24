package import JSON
package import Network

extension NetworkResult {
    /// Reads a result, of a delegate or of the plugins before this one.
    ///
    /// One that names no version is in the configuration's (C20, C22); `null` is an empty one.
    package init(
        _ document: JSONValue, in version: ProtocolVersion, at path: String
    ) throws(CNIError) {
        self.init()
        guard document != .null else { return }
        guard let object = document.object else {
            throw Setting(document, at: path).wrong("must be an object: {…}")
        }
        let settings = Settings(object, at: path)
        let stated = try settings["cniVersion"].string()
        let own = stated.flatMap(ProtocolVersion.init(rawValue:)) ?? version
        dns = try DNS(settings.section("dns"))
        if own.hasAddressLists {
            try readLists(settings)
        } else {
            try readFamily(settings.section("ip4"))
            try readFamily(settings.section("ip6"))
        }
    }

    private mutating func readLists(_ settings: Settings) throws(CNIError) {
        for element in try settings["interfaces"].elements() ?? [] {
            interfaces.append(try Interface(element))
        }
        for element in try settings["ips"].elements() ?? [] {
            addresses.append(try Address(element, interfaces: interfaces.count))
        }
        for element in try settings["routes"].elements() ?? [] {
            routes.append(try Route(element))
        }
    }

    /// `ip4` or `ip6` of the versions before 0.3.0.
    private mutating func readFamily(_ settings: Settings) throws(CNIError) {
        guard settings["ip"].isPresent else { return }
        addresses.append(
            Address(
                try settings["ip"].interfaceAddress(),
                gateway: try settings["gateway"].parsed(as: IPAddress.self)))
        for element in try settings["routes"].elements() ?? [] {
            routes.append(try Route(element))
        }
    }
}

extension NetworkResult.Interface {
    fileprivate init(_ setting: Setting) throws(CNIError) {
        guard let settings = try setting.section() else { throw setting.wrong("must be an object") }
        name = try settings["name"].string() ?? ""
        mac = try settings["mac"].string()
        // Go writes 0 for what nobody set.
        mtu = try settings["mtu"].integer(in: 0...Int(UInt32.max)).flatMap { $0 > 0 ? $0 : nil }
        sandbox = try settings["sandbox"].string()
        socketPath = try settings["socketPath"].string()
        pciID = try settings["pciID"].string()
    }
}

extension NetworkResult.Address {
    fileprivate init(_ setting: Setting, interfaces: Int) throws(CNIError) {
        guard let settings = try setting.section() else { throw setting.wrong("must be an object") }
        address = try settings["address"].interfaceAddress()
        gateway = try settings["gateway"].parsed(as: IPAddress.self)
        interface = try settings["interface"].integer(in: 0...max(0, interfaces - 1))
        if interface != nil, interfaces == 0 {
            throw settings["interface"].wrong("must be the place of an interface of the result")
        }
    }
}

extension NetworkResult.Route {
    /// Also what `routes` of an IPAM configuration holds.
    init(_ setting: Setting) throws(CNIError) {
        guard let settings = try setting.section() else { throw setting.wrong("must be an object") }
        let numbers = 0...Int(UInt32.max)
        destination = try settings["dst"].interfaceAddress().network
        gateway = try settings["gw"].parsed(as: IPAddress.self)
        if let gateway, gateway.family != destination.family {
            throw settings["gw"].wrong("must be of the same family as dst \(destination)")
        }
        mtu = try settings["mtu"].integer(in: numbers)
        advertisedMSS = try settings["advmss"].integer(in: numbers)
        priority = try settings["priority"].integer(in: numbers)
        table = try settings["table"].integer(in: numbers)
        scope = try settings["scope"].integer(in: 0...Int(UInt8.max))
    }
}

extension NetworkResult.DNS {
    /// Also what `dns` of a configuration holds.
    init(_ settings: Settings) throws(CNIError) {
        self.init()
        // go-cni's keys are the plural of the specification's (C14).
        nameservers = try settings.strings("nameservers", or: "servers")
        domain = try settings["domain"].string()
        search = try settings.strings("search", or: "searches")
        options = try settings.strings("options", or: "options")
    }
}

extension Settings {
    fileprivate func strings(_ key: String, or other: String) throws(CNIError) -> [String] {
        let setting = self[key].isPresent ? self[key] : self[other]
        var strings: [String] = []
        for element in try setting.elements() ?? [] {
            if let text = try element.string() { strings.append(text) }
        }
        return strings
    }
}

extension Setting {
    /// An address with its prefix length, such as 10.1.0.5/16.
    package func interfaceAddress() throws(CNIError) -> CIDR {
        guard let text = try string(), let address = CIDR(text) else {
            throw wrong("must be an address and a prefix length, like 10.1.0.5/16")
        }
        return address
    }
}

extension ProtocolVersion {
    /// Before 0.3.0 a result has one address of each family, in `ip4` and `ip6`.
    var hasAddressLists: Bool { self != .v010 && self != .v020 }
}
