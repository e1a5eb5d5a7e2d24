import Platform

/// Octets that wait until a socket has room for them.
struct StreamOutput {
    private var octets: [UInt8] = []
    private var sent = 0
    /// When something was last written, or began to wait.
    private(set) var progress = MonotonicTime(nanoseconds: 0)

    /// So much that was sent may stand before what was not.
    private static let slack = 16 << 10
}

extension StreamOutput {
    var count: Int { octets.count - sent }
    var isEmpty: Bool { sent == octets.count }

    var unsent: Span<UInt8> {
        @_lifetime(borrow self) get { octets.span.extracting(droppingFirst: sent) }
    }

    mutating func append(_ more: Span<UInt8>, at now: MonotonicTime) {
        if more.isEmpty { return }
        if isEmpty { progress = now }
        octets.append(copying: more)
    }

    mutating func takeOutput(of codec: any StreamCodec, at now: MonotonicTime) {
        let wasEmpty = isEmpty
        codec.takeOutput(into: &octets)
        if wasEmpty, !isEmpty { progress = now }
    }

    mutating func wrote(_ count: Int, at now: MonotonicTime) {
        guard count > 0 else { return }
        progress = now
        sent += count
        if isEmpty {
            self = StreamOutput()
        } else if sent >= Self.slack {
            octets.removeFirst(sent)
            sent = 0
        }
    }
}

extension [UInt8] {
    mutating func append(copying octets: Span<UInt8>) {
        append(addingCapacity: octets.count) { room in
            for index in octets.indices { room.append(octets[index]) }
        }
    }
}
