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
    package var hostLink: InterfaceName?

    package var addresses: [IPAddress] { leases.map(\.address) }
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
        if let hostLink { members.append(.init(key: "link", value: .string("\(hostLink)"))) }
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
        hostLink = object["link"]?.string.flatMap { InterfaceName($0) }
    }

    private static func tooNew(_ version: Int, _ path: String) -> CNIError {
        CNIError(
            .stateDamaged, "\(path) was written by a newer weft-cni",
            details: "it has format \(version), this one knows up to \(Self.version): run the newer"
                + " one, or remove the folder of the file (it is made again from the leases)")
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
