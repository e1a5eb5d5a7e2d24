import Network
import Platform

/// What an ADD asks of the leases.
struct LeaseRequest: Sendable {
    let owner: LeaseOwner
    /// The address that is asked for by name, of each set that one is asked of.
    var wanted: [Int: RequestedAddress] = [:]
    var rest = Duration.zero
    var pod: String?
    /// The link on the host without which the attachment cannot be: where it is gone, the leases
    /// may be reclaimed.
    var hostLink: InterfaceName?
    /// Whether an attachment that has leases gets the same again; host-local refuses when it is run.
    var isRepeatable = true
}
