import Platform

extension Socket {
    /// Takes what has arrived into an array, behind what of it is filled.
    borrowing func receive(
        into bytes: inout [UInt8], after filled: Int = 0
    ) throws(PlatformError) -> Int? {
        var span = bytes.mutableSpan
        var rest = span._mutatingExtracting(filled..<span.count)
        return try receive(into: &rest)
    }
}
