/// The records of a zone that a file holds, a name at a time.
struct FileTransfer: TransferSource {
    private var nodes: Dictionary<DomainName, FileZone.Node>.Iterator

    init(_ zone: FileZone) { nodes = zone.nodes.makeIterator() }

    mutating func next() -> [Record]? {
        nodes.next()?.value.filter { $0.key != .soa }.flatMap(\.value)
    }
}
