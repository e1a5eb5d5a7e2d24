import CNftnl
import Netlink

extension Chain {
    func write(into writer: inout MessageWriter) throws(NFTablesError) {
        writer.put(NFTA_CHAIN_TABLE, string: name.table.name)
        writer.put(NFTA_CHAIN_NAME, string: name.name)
        if let base { try base.write(into: &writer, chain: name) }
        if let comment { try writer.put(NFTA_CHAIN_USERDATA, comment: comment) }
    }

    init?(_ message: borrowing Message) throws(NetlinkError) {
        guard let family = try message.family else { return nil }
        let attributes = try message.table()
        let table = TableName(family, try attributes.requireString(NFTA_CHAIN_TABLE))
        self.init(
            ChainName(table, try attributes.requireString(NFTA_CHAIN_NAME)),
            base: try Base(attributes, family: family),
            comment: attributes.comment(NFTA_CHAIN_USERDATA))
    }
}

extension Chain.Base {
    fileprivate func write(
        into writer: inout MessageWriter, chain: ChainName
    ) throws(NFTablesError) {
        guard let number = hook.number(in: chain.table.family) else {
            throw NFTablesError(
                .invalid, "add chain \(chain)",
                text: "family \(chain.table.family) has no hook \(hook.rawValue)")
        }
        writer.put(NFTA_CHAIN_TYPE, string: kind.rawValue)
        writer.put(NFTA_CHAIN_POLICY, number: policy.rawValue)
        let nest = writer.beginNest(NFTA_CHAIN_HOOK)
        writer.put(NFTA_HOOK_HOOKNUM, number: number)
        writer.put(NFTA_HOOK_PRIORITY, number: UInt32(bitPattern: priority))
        try writeDevices(into: &writer)
        writer.end(nest)
    }

    private func writeDevices(into writer: inout MessageWriter) throws(NFTablesError) {
        for device in devices where device.utf8.count >= Value.interfaceNameLength {
            throw NFTablesError(
                .invalid, "attach chain to \(device)",
                text: "an interface name has at most \(Value.interfaceNameLength - 1) bytes")
        }
        if devices.count == 1 { return writer.put(NFTA_HOOK_DEV, string: devices[0]) }
        guard !devices.isEmpty else { return }
        let nest = writer.beginNest(NFTA_HOOK_DEVS)
        for device in devices { writer.put(NFTA_DEVICE_NAME, string: device) }
        writer.end(nest)
    }

    /// The base of a chain that has one.
    fileprivate init?(
        _ attributes: borrowing AttributeTable, family: Family
    ) throws(NetlinkError) {
        guard let hook = try attributes.table(NFTA_CHAIN_HOOK),
            let kind = Chain.Kind(rawValue: try attributes.string(NFTA_CHAIN_TYPE) ?? ""),
            let point = Chain.Hook(
                number: try hook.require(NFTA_HOOK_HOOKNUM), in: family)
        else { return nil }
        let policy: UInt32 = try attributes.number(NFTA_CHAIN_POLICY) ?? 1
        self.init(
            kind, point,
            priority: Int32(bitPattern: try hook.require(NFTA_HOOK_PRIORITY, as: UInt32.self)),
            policy: Chain.Policy(rawValue: policy) ?? .accept,
            devices: try Self.devices(hook))
    }

    private static func devices(_ hook: borrowing AttributeTable) throws(NetlinkError) -> [String] {
        guard let list = hook.bytes(NFTA_HOOK_DEVS) else {
            return try hook.string(NFTA_HOOK_DEV).map { [$0] } ?? []
        }
        var devices = [String]()
        var attributes = Attributes(list)
        while let device = try attributes.next() { devices.append(try device.string()) }
        return devices
    }
}
