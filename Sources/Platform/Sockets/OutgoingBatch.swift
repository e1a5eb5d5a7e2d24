import CLinux
import Glibc

/// Room for many datagrams that leave together, made once and filled again and again.
// Invariant: nobody else has the pointer, which never leaves this file, and there is one owner, as it
// cannot be copied. So it moves between threads with its owner, and no two use it at once.
@safe package struct OutgoingBatch: ~Copyable, @unchecked Sendable {
    private let storage: OpaquePointer
    private let capacity: Int
    private let room: Int
    /// Those before it have been sent already.
    private var first = 0
    private var end = 0

    /// Room for so many datagrams of at most so many bytes.
    package init(count: Int, room: Int) throws(PlatformError) {
        guard let storage = unsafe weft_outgoing_create(UInt32(count), room) else {
            throw PlatformError(.outOfMemory, "make room for datagrams")
        }
        unsafe self.storage = storage
        capacity = count
        self.room = room
    }

    deinit { unsafe weft_outgoing_destroy(storage) }
}

extension OutgoingBatch {
    /// How many wait to be sent.
    package var count: Int { end - first }

    package var isFull: Bool { end == capacity }

    /// Adds a datagram, which the body writes, returning its length; there must be room.
    @inline(__always)
    package mutating func append<Failure: Error>(
        _ body: (inout MutableSpan<UInt8>) throws(Failure) -> Int
    ) throws(Failure) {
        precondition(end < capacity, "the batch has room")
        let start = unsafe weft_outgoing_room(storage, UInt32(end))
        var span = unsafe UnsafeMutableBufferPointer(start: start, count: room).mutableSpan
        let length = try body(&span)
        precondition(length >= 0 && length <= room, "a datagram has its room")
        unsafe weft_outgoing_set_length(storage, UInt32(end), length)
        end += 1
    }

    fileprivate mutating func drain(to number: CInt) throws(PlatformError) -> Int {
        let sent = try nonblocking("send datagrams") {
            unsafe weft_outgoing_send(storage, number, UInt32(first), UInt32(end - first))
        }
        first += Int(sent ?? 0)
        if first == end { (first, end) = (0, 0) }
        return Int(sent ?? 0)
    }
}

extension UDPSocket {
    /// Sends what is in the batch to the one peer of a connected socket, and says how many of them
    /// the kernel took; the others stay.
    @discardableResult
    package borrowing func send(_ batch: inout OutgoingBatch) throws(PlatformError) -> Int {
        batch.count == 0 ? 0 : try batch.drain(to: socket.descriptor.rawValue)
    }
}
