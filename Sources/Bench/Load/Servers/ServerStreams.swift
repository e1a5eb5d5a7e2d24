import Platform

/// A server's TCP connections, in slots that are used again.
struct ServerStreams {
    private var connections: [Connection] = []
    private var free: [Int] = []
    private var room = [UInt8](repeating: 0, count: 256 << 10)
    private let firstSlot: Int
    private let answers: ServerAnswers

    init(_ answers: ServerAnswers, firstSlot: Int) {
        self.answers = answers
        self.firstSlot = firstSlot
        connections = (0..<Self.slots).map { _ in Connection() }
        free = Array((0..<Self.slots).reversed())
    }

    /// More connections than a client has open at once, most of the time.
    private static let slots = 512

    private final class Connection {
        var stream: StreamSocket?
        var accepted = MonotonicTime(nanoseconds: 0)
        /// What the first byte said.
        var task: ServerTask?
    }
}

extension ServerStreams {
    /// Takes a connection; a late one has probably come to its end already.
    ///
    /// What came of one that is not late is left for the next wait, for sometimes it has come and
    /// sometimes not, and the server would have more work with one than with the other.
    mutating func add(
        _ stream: consuming StreamSocket, _ loop: borrowing EventLoop<Slot>, isLate: Bool
    ) {
        let index = takeSlot()
        let connection = connections[index]
        connection.accepted = .now
        connection.task = nil
        connection.stream = consume stream
        do throws(PlatformError) {
            let goesOn = isLate ? try serve(connection) : true
            if !goesOn { return end(index) }
            try connection.stream?.register(in: loop, as: Slot(firstSlot + index))
        } catch {
            // A client that went away shows at the client.
            end(index)
        }
    }

    /// Serves what has come on a connection.
    mutating func serve(_ slot: Slot) {
        let index = slot.index - firstSlot
        let goesOn = try? serve(connections[index])
        if goesOn != true { end(index) }
    }

    private mutating func takeSlot() -> Int {
        if let index = free.popLast() { return index }
        connections.append(Connection())
        // The end of a connection then takes no memory.
        free.reserveCapacity(connections.capacity)
        return connections.count - 1
    }

    private mutating func end(_ index: Int) {
        connections[index].stream = nil
        free.append(index)
    }

    /// False at the end of the connection.
    private mutating func serve(_ connection: Connection) throws(PlatformError) -> Bool {
        let answers = answers
        var span = room.mutableSpan
        while let count = try connection.stream?.read(into: &span) {
            if count == 0 { return false }
            let task = connection.task ?? ServerTask(rawValue: span[0])
            connection.task = task
            try answers.take(count, task, connection.accepted, connection.stream, &span)
            // What is shorter than the room was all that there was.
            if count < span.count { return true }
        }
        return true
    }
}

extension StreamSocket {
    fileprivate borrowing func register(
        in loop: borrowing EventLoop<Slot>, as slot: Slot
    ) throws(PlatformError) {
        try loop.add(socket.descriptor, .read, as: slot)
    }
}
