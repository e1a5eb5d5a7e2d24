extension [UInt8] {
    /// A message of its own that the body writes, up to a length.
    package init(
        messageUpTo capacity: Int, _ body: (inout ByteWriter) throws(WireError) -> Void
    ) throws(WireError) {
        self.init(repeating: 0, count: capacity)
        var writer = ByteWriter(mutableSpan)
        try body(&writer)
        let count = writer.count
        removeSubrange(count...)
    }
}
