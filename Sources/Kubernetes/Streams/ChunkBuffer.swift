/// Bytes that have come and were not used yet, as one stretch.
///
/// What is used is dropped when more comes, so that memory follows the largest piece of a stream
/// and not its length.
struct ChunkBuffer {
    private(set) var bytes: [UInt8] = []
    /// How many of the bytes are used.
    private(set) var used = 0
    /// A piece of a stream that is larger than this is refused.
    let limit: Int

    init(limit: Int = standardLimit) { self.limit = limit }

    /// etcd refuses objects of more than 1.5 MiB, and JSON takes about three times protobuf's room.
    static let standardLimit = 16 << 20

    var unused: Int { bytes.count - used }

    /// Lets `body` append what has come.
    mutating func receive<Failure: Error>(
        _ body: (inout [UInt8]) throws(Failure) -> Void
    ) throws(Failure) {
        if used > 0 {
            bytes.removeSubrange(..<used)
            used = 0
        }
        try body(&bytes)
    }

    func checkSize() throws(ObjectError) {
        // One more chunk can lie behind a piece of the largest size.
        guard bytes.count <= 2 * limit else {
            throw ObjectError("a piece of the answer is larger than \(limit >> 20) MiB")
        }
    }

    mutating func use(_ count: Int) { used += count }

    /// Gives back the room that a list took once all of it is used: a watch that follows needs less.
    mutating func giveBackRoom() {
        if unused == 0, bytes.capacity > Self.keptRoom { (bytes, used) = ([], 0) }
    }

    /// Far more than the events that come together in most reads.
    static let keptRoom = 32 << 10
}
