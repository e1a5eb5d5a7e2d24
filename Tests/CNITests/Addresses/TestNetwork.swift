import JSON
import Network
import Platform
import TestSupport

@testable import CNI

/// A network whose leases are in a folder of the test's own.
struct TestNetwork {
    let dataDirectory: String
    /// The members of `ipam` besides the data directory.
    var ipam = #""type":"host-local","subnet":"10.1.0.0/24""#
    /// Members of the document besides `ipam`.
    var others = ""
    /// One that nobody has leases of in the usual folder, where DEL looks too.
    var name = "weft-ipam-test"
    var version = "1.1.0"

    init(_ dataDirectory: String) { self.dataDirectory = dataDirectory }

    var folder: LeaseFolder { LeaseFolder(dataDirectory, network: name) }

    var document: String {
        """
        {"cniVersion":"\(version)","name":"\(name)",\(others.isEmpty ? "" : others + ",")
        "ipam":{"dataDir":"\(dataDirectory)",\(ipam)}}
        """
    }

    func configuration() throws -> NetworkConfiguration {
        let document = document
        return try NetworkConfiguration(try JSONValue(parsing: document.utf8.span))
    }

    func call(
        _ container: String, _ interface: String = "eth0", arguments: String = "",
        of plugin: PluginName = .addresses
    ) throws -> PodCall {
        PodCall(
            Attachment(
                network: name, containerID: container,
                interface: try InterfaceName(validating: interface)),
            namespacePath: nil, arguments: try CallArguments(arguments), plugin: plugin)
    }
}

extension TestNetwork {
    func result(
        _ container: String, _ interface: String = "eth0", arguments: String = "",
        of plugin: PluginName = .addresses
    ) throws -> NetworkResult {
        var result = NetworkResult()
        try AddressPart(configuration())
            .add(call(container, interface, arguments: arguments, of: plugin), to: &result)
        return result
    }

    /// The addresses that ADD gives, with their prefix lengths.
    @discardableResult
    func add(
        _ container: String, _ interface: String = "eth0", arguments: String = "",
        of plugin: PluginName = .addresses
    ) throws -> [String] {
        try result(container, interface, arguments: arguments, of: plugin)
            .addresses.map(\.address.description)
    }

    func delete(_ container: String, _ interface: String = "eth0") throws {
        try AddressPart.remove(call(container, interface), configuration())
    }

    /// The files of leases, by address.
    func leases() throws -> [String: String] {
        var leases: [String: String] = [:]
        guard try File.status(folder.leases) != nil else { return [:] }
        for name in try Directory.list(folder.leases) where IPAddress(name) != nil {
            leases[name] = String(
                decoding: try File.read("\(folder.leases)/\(name)"), as: UTF8.self)
        }
        return leases
    }

    /// Puts a file where another program would.
    func write(_ text: String, to name: String) throws {
        try Directory.create(folder.leases)
        let bytes = Array(text.utf8)
        try File.replace("\(folder.leases)/\(name)", with: bytes.span, mode: 0o600)
    }
}

/// Runs a test on a network with an empty folder.
func withNetwork(
    _ ipam: String? = nil, _ body: (inout TestNetwork) throws -> Void
) throws {
    try withTemporaryDirectory { directory in
        var network = TestNetwork(directory)
        if let ipam { network.ipam = ipam }
        try body(&network)
    }
}

/// The error a call ends with.
func failure(_ body: () throws -> Void) -> CNIError? {
    do {
        try body()
        return nil
    } catch {
        return error as? CNIError
    }
}

extension TestNetwork {
    /// What is recorded of an attachment.
    func record(_ container: String, _ interface: String = "eth0") throws -> LeaseRecord? {
        let owner = LeaseOwner(try call(container, interface).attachment)
        guard let text = try folder.recordText(owner) else { return nil }
        return try LeaseRecord(parsing: text, at: "")
    }

    /// Changes what is recorded of an attachment, as time or another boot would.
    func changeRecord(_ container: String, _ change: (inout LeaseRecord) -> Void) throws {
        var record = try record(container) ?? LeaseRecord(leases: [], bootID: "", given: .now)
        change(&record)
        try writeRecord(record.text, of: container)
    }

    func writeRecord(_ text: String, of container: String) throws {
        let owner = LeaseOwner(try call(container).attachment)
        let bytes = Array(text.utf8)
        try File.replace(folder.record(owner), with: bytes.span)
    }

    /// Makes released addresses older, as waiting would.
    func age(set: Int = 0, by duration: Duration) throws {
        guard let queue = try ReleaseQueue(reading: folder.released(set)) else { return }
        let older = try queue.waiting().map {
            ReleaseQueue.Entry(
                address: $0.address, released: $0.released + (.zero - duration))
        }
        try ReleaseQueue.replace(folder.released(set), with: older)
    }

    /// Makes the folder look as if another program, or a call that was killed, had changed it.
    func touch() throws { try File.setModified(folder.leases, .now) }
}
