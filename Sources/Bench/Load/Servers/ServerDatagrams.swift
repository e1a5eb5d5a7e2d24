import Network
import Platform

/// A server's UDP socket.
struct ServerDatagrams: ~Copyable, Sendable {
    private let socket: UDPSocket
    private var batch: DatagramBatch
    private let answers: ServerAnswers

    /// Listens in the calling thread's network.
    init(_ address: AddressAndPort, _ answers: ServerAnswers) throws(PlatformError) {
        var options = SocketOptions()
        options.onlyIPv6 = false
        options.receiveBuffer = Self.room
        let socket = try UDPSocket(address, options)
        // Answers of a batch go together: none may wait for the delays of those behind it.
        let batch = try DatagramBatch(
            count: answers.areDelayed ? 1 : 64, room: Self.longest, answerRoom: Self.longest)
        self.socket = socket
        self.batch = batch
        self.answers = answers
    }

    private static let longest = 2048
    /// As many small datagrams as come within tens of milliseconds.
    private static let room = 32 << 20

    borrowing func register(
        in loop: borrowing EventLoop<Slot>, as slot: Slot
    ) throws(PlatformError) {
        try loop.add(socket.socket.descriptor, .read, as: slot)
    }

    /// Takes all that have come.
    mutating func serve() throws(PlatformError) {
        while true {
            let count = try socket.receive(into: &batch)
            if count == 0 { return }
            answers.counters.add(datagrams: count)
            var isAnswered = false
            for index in 0..<count where answer(index) { isAnswered = true }
            if isAnswered { socket.sendAnswers(of: &batch) }
        }
    }

    private mutating func answer(_ index: Int) -> Bool {
        let answers = answers
        return batch.answer(index) { query, answer in
            guard !query.isEmpty, query[0] == ServerTask.echo.rawValue else { return 0 }
            answers.plant()
            for index in query.indices { answer[index] = query[index] }
            return query.count
        } > 0
    }
}
