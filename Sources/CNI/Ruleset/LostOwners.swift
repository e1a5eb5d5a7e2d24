/// The owners in a network that are not among those to keep.
struct LostOwners {
    private let prefix: String
    private let kept: Set<String>

    init(of network: String, keeping valid: Set<Attachment>) {
        prefix = Attachment.ownerPrefix(network: network)
        kept = Set(valid.map(\.owner))
    }

    func contains(_ owner: String) -> Bool { owner.hasPrefix(prefix) && !kept.contains(owner) }
}
