import CLinux
import Glibc
package import Network

/// Room for many datagrams and their answers, made once and filled again and again.
///
/// An answer goes to where its datagram came from, and leaves from the address that was asked.
// Invariant: the storage is the one owner's alone, so owner and storage move between threads as one.
@safe package struct DatagramBatch: ~Copyable, @unchecked Sendable {
    private let storage: OpaquePointer
    private let answerRoom: Int
    /// How many datagrams the last receive brought.
    package private(set) var count = 0

    /// Room for so many datagrams of at most so many bytes, and answers of at most so many.
    package init(count: Int, room: Int, answerRoom: Int) throws(PlatformError) {
        guard let storage = unsafe weft_datagrams_create(UInt32(count), room, answerRoom) else {
            throw PlatformError(.outOfMemory, "make room for datagrams")
        }
        unsafe self.storage = storage
        self.answerRoom = answerRoom
    }

    deinit { unsafe weft_datagrams_destroy(storage) }
}

extension DatagramBatch {
    /// Whether a datagram was longer than the room for it, and so lacks its end.
    package func isTruncated(_ index: Int) -> Bool { unsafe slot(index).truncated }

    package func source(_ index: Int) -> AddressAndPort? {
        let slot = unsafe slot(index)
        let source = unsafe UnsafeRawBufferPointer(start: slot.source, count: slot.source_length)
        return unsafe RawSocketAddress(copying: source).ip
    }

    /// Which of our addresses a datagram was sent to.
    package func destination(_ index: Int) -> IPAddress? {
        var octets: [16 of UInt8] = .init(repeating: 0)
        var span = octets.mutableSpan
        let length = unsafe span.withUnsafeMutableBufferPointer {
            unsafe weft_datagrams_destination(storage, checked(index), $0.baseAddress)
        }
        return IPAddress(octets: octets.span.extracting(first: length))
    }

    /// Shows a datagram.
    @inline(__always)
    package func read<Value, Failure: Error>(
        _ index: Int, _ body: (Span<UInt8>) throws(Failure) -> Value
    ) throws(Failure) -> Value {
        let slot = unsafe slot(index)
        let bytes = unsafe UnsafeBufferPointer(start: slot.bytes, count: slot.length)
        return try unsafe body(bytes.span)
    }

    /// Shows a datagram together with the room for its answer, whose length the body returns; none
    /// is sent if that is zero.
    @inline(__always)
    @discardableResult
    package mutating func answer<Failure: Error>(
        _ index: Int,
        _ body: (Span<UInt8>, inout MutableSpan<UInt8>) throws(Failure) -> Int
    ) throws(Failure) -> Int {
        let number = checked(index)
        let slot = unsafe slot(index)
        let query = unsafe UnsafeBufferPointer(start: slot.bytes, count: slot.length)
        let room = unsafe UnsafeMutableBufferPointer(start: slot.answer, count: answerRoom)
        var output = unsafe room.mutableSpan
        let length = try unsafe body(query.span, &output)
        precondition(length >= 0 && length <= answerRoom, "the answer has its room")
        unsafe weft_datagrams_set_answer(storage, number, length)
        return length
    }

    private func slot(_ index: Int) -> weft_datagram {
        unsafe weft_datagrams_slot(storage, checked(index))
    }

    private func checked(_ index: Int) -> UInt32 {
        precondition(index >= 0 && index < count, "no datagram has this number")
        return UInt32(index)
    }
}

extension UDPSocket {
    /// Fills the batch with what has come, at most what it has room for, and says how many.
    package borrowing func receive(
        into batch: inout DatagramBatch
    ) throws(PlatformError) -> Int {
        try batch.fill(from: socket.descriptor.rawValue, waits: false)
    }

    /// Waits until something comes, and fills the batch with it; zero once the socket is shut down.
    package borrowing func waitAndReceive(
        into batch: inout DatagramBatch
    ) throws(PlatformError) -> Int {
        try batch.fill(from: socket.descriptor.rawValue, waits: true)
    }

    /// Sends the batch's answers and says how many the kernel took; a lost one is asked for again.
    @discardableResult
    package borrowing func sendAnswers(of batch: inout DatagramBatch) -> Int {
        batch.drain(to: socket.descriptor.rawValue)
    }
}

extension DatagramBatch {
    fileprivate mutating func fill(
        from number: CInt, waits: Bool
    ) throws(PlatformError) -> Int {
        count = 0
        let filled = try nonblocking("receive datagrams") {
            unsafe weft_datagrams_receive(storage, number, waits)
        }
        count = Int(filled ?? 0)
        return count
    }

    fileprivate mutating func drain(to number: CInt) -> Int {
        Int(unsafe weft_datagrams_answer(storage, number))
    }
}
