import JSON
package import Network
package import Platform

/// What we know of an attachment's leases beyond what host-local's files say.
package struct LeaseRecord: Equatable, Sendable {
    package var leases: [Lease]
    /// The boot in which the leases were given: those of an earlier one are void.
    package var bootID: String
    package var given: WallTime
    /// "namespace/name", where the runtime told.
    package var pod: String?
    /// The host's link that lives as long as the attachment does, where there is one.
    package var hostLink: HostLink?

    package var addresses: [IPAddress] { leases.map(\.address) }
}

/// A link on the host, and the namespace in which it is to be looked for.
package struct HostLink: Hashable, Sendable {
    package let name: InterfaceName
    /// The number of the namespace's file: who looks from another one would find no link.
    package let namespace: UInt64

    package init(_ name: InterfaceName, in namespace: UInt64) {
        self.name = name
        self.namespace = namespace
    }
}

/// One address and the place of the set it is of, which tells where it is put when released.
package struct Lease: Hashable, Sendable {
    package let address: IPAddress
    package let set: Int

    package init(_ address: IPAddress, set: Int) {
        self.address = address
        self.set = set
    }
}

extension LeaseRecord {
    /// The version of the format that this program writes, and the newest that it reads.
    private static let version = 1

    package var text: String {
        var members: [JSONObject.Member] = [
            .init(key: "version", value: .number("\(Self.version)")),
            .init(key: "boot", value: .string(bootID)),
            .init(key: "time", value: .number("\(given.nanoseconds / 1_000_000_000)")),
            .init(key: "leases", value: .array(leases.map(\.document))),
        ]
        if let pod { members.append(.init(key: "pod", value: .string(pod))) }
        if let hostLink { members.append(.init(key: "link", value: hostLink.document)) }
        return JSONValue.object(JSONObject(members: members)).text + "\n"
    }

    /// Nil when the text is damaged; a newer version's is an error, for nothing is known of it.
    package init?(parsing text: [UInt8], at path: String) throws(CNIError) {
        guard let object = (try? JSONValue(parsing: text.span))?.object,
            let version = object["version"]?.integer
        else { return nil }
        guard version <= Self.version else { throw Self.tooNew(version, path) }
        guard let boot = object["boot"]?.string,
            let seconds = object["time"]?.integer.flatMap(UInt32.init(exactly:)),
            let documents = object["leases"]?.array
        else { return nil }
        leases = documents.compactMap(Lease.init(document:))
        guard leases.count == documents.count else { return nil }
        bootID = boot
        given = WallTime(nanoseconds: Int64(seconds) * 1_000_000_000)
        pod = object["pod"]?.string
        hostLink = object["link"].flatMap(HostLink.init(document:))
    }

    private static func tooNew(_ version: Int, _ path: String) -> CNIError {
        CNIError(
            .stateDamaged, "\(path) was written by a newer weft-cni",
            details: "it has format \(version), this one knows up to \(Self.version): run the newer"
                + " one, or remove the folder of the file (it is made again from the leases)")
    }
}

extension HostLink {
    /// The namespace that the caller is in.
    static func currentNamespace() throws(PlatformError) -> UInt64 {
        try NetworkNamespace.currentIdentity?.inode ?? 0
    }

    fileprivate var document: JSONValue {
        .object(["name": .string("\(name)"), "namespace": .number("\(namespace)")])
    }

    fileprivate init?(document: JSONValue) {
        guard let name = document.object?["name"]?.string.flatMap({ InterfaceName($0) }),
            let namespace = document.object?["namespace"]?.integer.flatMap(UInt64.init(exactly:))
        else { return nil }
        self.init(name, in: namespace)
    }
}

extension Lease {
    /// A set's place is part of a file's name, so it must stay small.
    private static let places = 0...9999

    fileprivate var document: JSONValue {
        .object(["address": .string("\(address)"), "set": .number("\(set)")])
    }

    fileprivate init?(document: JSONValue) {
        guard let address = document.object?["address"]?.string.flatMap({ IPAddress($0) }),
            let set = document.object?["set"]?.integer, Self.places.contains(set)
        else { return nil }
        self.init(address, set: set)
    }
}
