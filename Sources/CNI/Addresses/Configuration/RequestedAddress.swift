import Network

/// An address that somebody asks for by name, and where.
struct RequestedAddress: Hashable, Sendable {
    let address: IPAddress
    /// The key or the variable that asks.
    let source: String
}

extension RequestedAddress {
    /// What `runtimeConfig.ips` and `args.cni.ips` ask for.
    static func list(_ configuration: NetworkConfiguration) throws(CNIError) -> [RequestedAddress] {
        let runtime = configuration.runtime["ips"]
        let arguments = try configuration.arguments["ips"]
        var requests: [RequestedAddress] = []
        for element in (try runtime.elements() ?? []) + (try arguments.elements() ?? []) {
            guard let text = try element.string() else { continue }
            guard let address = address(text) else {
                throw element.wrong("must be an address; /len after it is allowed and ignored")
            }
            requests.append(RequestedAddress(address: address, source: element.path))
        }
        return requests
    }

    /// What `IP` of CNI_ARGS asks for.
    static func list(_ arguments: CallArguments) throws(CNIError) -> [RequestedAddress] {
        guard let text = arguments["IP"] else { return [] }
        guard let address = address(text) else {
            throw CNIError(
                .invalidEnvironment, "CNI_ARGS is not valid",
                details: "IP must be an address, it is \"\(text)\"")
        }
        return [RequestedAddress(address: address, source: "IP of CNI_ARGS")]
    }

    func refused(_ reason: String) -> CNIError {
        CNIError(
            .addressNotAvailable, "the requested address \(address) cannot be given",
            details: "\(source) asks for it: \(reason)")
    }

    private static func address(_ text: String) -> IPAddress? {
        (IPAddress(text) ?? CIDR(text)?.address)?.unmapped
    }
}
