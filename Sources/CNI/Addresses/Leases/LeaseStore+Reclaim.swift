import Netlink
import Network
import Platform

extension LeaseStore {
    /// An ADD may still be at work on the link of a younger lease.
    static let leakAge = Duration.seconds(600)

    /// Releases the leases whose link on the host is gone, and tells of which attachments.
    func reclaimLeaked() throws(CNIError) -> [LeaseOwner] {
        let leaked = try leakedOwners()
        for owner in leaked { try release(owner, resting: false) }
        return leaked
    }

    /// The attachments that had a link on the host and have it no longer.
    func leakedOwners() throws(CNIError) -> [LeaseOwner] {
        var suspects: [(owner: LeaseOwner, link: InterfaceName)] = []
        for owner in try onDisk({ () throws(PlatformError) in try folder.recordedOwners() }) {
            // What a newer version wrote is not ours to judge.
            guard let record = (try? readRecord(of: owner))?.record, let link = record.hostLink,
                now - record.given > Self.leakAge
            else { continue }
            suspects.append((owner, link))
        }
        if suspects.isEmpty { return [] }
        let present = try Self.presentLinks()
        return suspects.filter { !present.contains($0.link.rawValue) }.map(\.owner)
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
