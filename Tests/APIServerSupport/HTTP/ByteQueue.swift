/// Bytes that are taken out where they were put in first.
struct ByteQueue {
    private var bytes: [UInt8] = []
    private var start = 0

    var count: Int { bytes.count - start }
    var isEmpty: Bool { count == 0 }

    mutating func append(_ more: [UInt8]) {
        // What was taken is given back now and then, so that taking costs no move each time.
        if start > 0, start >= count {
            bytes.removeFirst(start)
            start = 0
        }
        bytes += more
    }

    /// The first bytes, which stay.
    func first(_ most: Int) -> ArraySlice<UInt8> { bytes[start..<(start + min(most, count))] }

    mutating func drop(_ number: Int) { start += number }
}
