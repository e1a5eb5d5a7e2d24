/// Bytes that are taken out where they were put in first.
package struct ByteQueue: Sendable {
    private var bytes: [UInt8] = []
    private var start = 0

    package init() {}

    package var count: Int { bytes.count - start }
    package var isEmpty: Bool { count == 0 }

    package mutating func append(_ more: some Collection<UInt8>) {
        // What was taken is given back now and then, so that taking costs no move each time.
        if start > 0, start >= count {
            bytes.removeFirst(start)
            start = 0
        }
        bytes.append(contentsOf: more)
    }

    /// The first bytes, which stay.
    package func first(_ most: Int) -> ArraySlice<UInt8> {
        bytes[start..<(start + min(most, count))]
    }

    package mutating func drop(_ number: Int) { start += number }
}
