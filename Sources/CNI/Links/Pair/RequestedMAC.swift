import Network

extension MACAddress {
    /// An address that nobody else has, as far as chance allows.
    static func random() -> MACAddress {
        let (group, local): (UInt64, UInt64) = (1 << 40, 2 << 40)
        return MACAddress(rawValue: UInt64.random(in: 0..<1 << 48) & ~group | local)
    }

    /// The address that is asked for: the runtime's word counts most, CNI_ARGS' least (C16).
    static func requested(
        _ network: NetworkConfiguration, _ arguments: CallArguments
    ) throws(CNIError) -> MACAddress? {
        for setting in [network.runtime["mac"], try network.arguments["mac"]] {
            guard let address = try setting.parsed(as: MACAddress.self) else { continue }
            guard address.isUsable else { throw setting.wrong(notUsable) }
            return address
        }
        guard let text = arguments["MAC"] else { return nil }
        guard let address = MACAddress(text), address.isUsable else {
            throw CNIError(
                .invalidEnvironment, "MAC in CNI_ARGS is not valid",
                details: "\(notUsable), it is \"\(text)\"")
        }
        return address
    }

    private static let notUsable = "must be the address of one station, like 02:00:00:00:00:01"

    private var isUsable: Bool { self != .zero && !isMulticast }
}
