/// The addresses of a pod as `host-local` gives them when it is run: never twice to an attachment.
struct HostLocalPart: PluginPart {
    static var undoesItself: Bool { true }

    private let addresses: AddressPart

    init(_ configuration: NetworkConfiguration) throws(CNIError) {
        addresses = try AddressPart(configuration, for: .hostLocal)
    }

    func add(_ pod: PodCall, to result: inout NetworkResult) throws(CNIError) {
        try addresses.add(pod, to: &result)
    }

    func check(_ pod: PodCall, _ result: NetworkResult) throws(CNIError) {
        try addresses.check(pod, result)
    }

    func status() throws(CNIError) { try addresses.status() }

    static func remove(_ pod: PodCall, _ configuration: NetworkConfiguration) throws(CNIError) {
        try AddressPart.remove(pod, configuration)
    }

    static func collectGarbage(
        of configuration: NetworkConfiguration, keeping valid: Set<Attachment>
    ) throws(CNIError) {
        try AddressPart.collectGarbage(of: configuration, keeping: valid)
    }
}
