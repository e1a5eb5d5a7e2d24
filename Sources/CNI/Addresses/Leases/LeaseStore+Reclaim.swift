import Netlink
import Network
import Platform

extension LeaseStore {
    /// Releases the leases whose link on the host is gone, and tells of which attachments.
    func reclaimLeaked() throws(CNIError) -> [LeaseOwner] {
        let leaked = try folder.leakedOwners()
        for owner in leaked { try release(owner, resting: false) }
        return leaked
    }
}

extension LeaseFolder {
    /// An ADD may still be at work on the link of a younger lease.
    private static let leakAge = Duration.seconds(600)

    /// The attachments that had a link on the host and have it no longer.
    func leakedOwners() throws(CNIError) -> [LeaseOwner] {
        var suspects: [(owner: LeaseOwner, link: InterfaceName)] = []
        let now = WallTime.now
        let namespace = try onDisk { () throws(PlatformError) in
            try HostLink.currentNamespace()
        }
        for owner in try onDisk({ () throws(PlatformError) in try recordedOwners() }) {
            guard let record = try readableRecord(of: owner), let link = record.hostLink,
                link.namespace == namespace,
                now - record.given > Self.leakAge
            else { continue }
            suspects.append((owner, link.name))
        }
        if suspects.isEmpty { return [] }
        let present = try Self.presentLinks()
        return suspects.filter { !present.contains($0.link.rawValue) }.map(\.owner)
    }

    /// An attachment's record; nil when there is none, or a damaged one, or a newer version's.
    func readableRecord(of owner: LeaseOwner) throws(CNIError) -> LeaseRecord? {
        let text = try onDisk { () throws(PlatformError) in try recordText(owner) }
        return text.flatMap { try? LeaseRecord(parsing: $0, at: "") }
    }

    private static func presentLinks() throws(CNIError) -> Set<String> {
        do throws(NetlinkError) {
            var socket = try RouteSocket()
            let links = try socket.list(.links)
            return Set(links.map(\.name))
        } catch {
            throw CNIError(error)
        }
    }
}
