import JSON
import Network

extension LeaseRange {
    /// Reads `subnet`, `rangeStart`, `rangeEnd`, `gateway` and `exclude`, with host-local's defaults.
    init(_ settings: Settings) throws(CNIError) {
        let key = settings["subnet"]
        guard let subnet = try key.subnet() else {
            throw key.wrong("a range needs its subnet, like 10.1.0.0/16")
        }
        let hosts = subnet.hosts
        let start = try settings["rangeStart"].address(in: subnet) ?? hosts.lower
        let end = try settings["rangeEnd"].address(in: subnet) ?? hosts.upper
        guard let bounds = AddressRange(start, through: end) else {
            throw settings["rangeEnd"].wrong("must not be lower than rangeStart, \(start)")
        }
        let gateway = try settings["gateway"].gateway(of: subnet) ?? hosts.lower
        var excluded: [AddressRange] = []
        for element in try settings["exclude"].elements() ?? [] {
            excluded.append(try element.excludedRange())
        }
        self.init(subnet: subnet, bounds: bounds, gateway: gateway, excluded: excluded)
        if assignable.isEmpty { throw key.wrong("nothing of the range is left to be given away") }
    }

    /// The whole of a subnet, as host-local takes one without any other key.
    init(_ subnet: CIDR) {
        self.init(
            subnet: subnet, bounds: subnet.hosts, gateway: subnet.hosts.lower, excluded: [])
    }
}

extension Setting {
    /// A network with room for a gateway and a container.
    func subnet() throws(CNIError) -> CIDR? {
        guard let text = try string() else { return nil }
        let subnet: CIDR
        do throws(NetworkError) {
            subnet = try CIDR(validating: text)
        } catch {
            throw wrong("\(error)")
        }
        guard subnet.isNetwork else {
            throw wrong("it has host bits set; the network's address is \(subnet.network)")
        }
        guard subnet.prefixLength <= subnet.family.bitWidth - 2 else {
            throw wrong("too small to allocate from; the smallest are /30 and, of IPv6, /126")
        }
        return subnet
    }

    fileprivate func address(in subnet: CIDR) throws(CNIError) -> IPAddress? {
        guard let address = try parsed(as: IPAddress.self) else { return nil }
        guard subnet.contains(address) else { throw wrong("must lie in the subnet \(subnet)") }
        return address
    }

    /// A gateway may lie outside the subnet, but not in the other family.
    fileprivate func gateway(of subnet: CIDR) throws(CNIError) -> IPAddress? {
        guard let address = try parsed(as: IPAddress.self) else { return nil }
        guard address.family == subnet.family else {
            throw wrong("must be of the same family as the subnet \(subnet)")
        }
        return address
    }

    /// An address, a network, or an object of `start` and `end`.
    fileprivate func excludedRange() throws(CNIError) -> AddressRange {
        if value?.object != nil, let ends = try section() {
            guard let start = try ends["start"].parsed(as: IPAddress.self),
                let range = AddressRange(
                    start, through: try ends["end"].parsed(as: IPAddress.self) ?? start)
            else { throw wrong("start must not be missing, nor be higher than end") }
            return range
        }
        guard let text = try string() else { throw wrong("must be an address or a network") }
        if let address = IPAddress(text) { return CIDR(address).addresses }
        guard let network = CIDR(text) else { throw wrong("must be an address or a network") }
        return network.addresses
    }
}
