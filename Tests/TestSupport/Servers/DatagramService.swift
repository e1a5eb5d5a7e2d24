import Network
import Platform

/// Answers UDP datagrams from the address that they were sent to.
struct DatagramService: ~Copyable, Service {
    private let name: String
    private let sockets: [Shared]
    private var batch: DatagramBatch

    /// Arrays hold classes only.
    private final class Shared: Sendable {
        let socket: UDPSocket
        init(_ socket: consuming UDPSocket) { self.socket = socket }
    }

    init(_ name: String, _ port: Port) throws {
        let batch = try DatagramBatch(count: 16, room: 1 << 16, answerRoom: 1 << 16)
        self.sockets = try [IPAddress].unspecified.map {
            Shared(try UDPSocket(AddressAndPort($0, port)))
        }
        self.name = name
        self.batch = batch
    }

    borrowing func register(in loop: borrowing EventLoop<ServiceSource>) throws {
        for (index, shared) in sockets.enumerated() {
            let source = ServiceSource(rawValue: UInt64(index))
            try loop.add(shared.socket.socket.descriptor, .read, as: source)
        }
    }

    mutating func serve(
        _ source: ServiceSource, in loop: borrowing EventLoop<ServiceSource>
    ) throws {
        let shared = sockets[Int(source.rawValue)]
        for index in 0..<(try shared.socket.receive(into: &batch)) {
            guard let client = batch.source(index) else { continue }
            let name = name
            batch.answer(index) { query, answer in
                let bytes = Reply(name, client, query).bytes
                for index in bytes.indices { answer[index] = bytes[index] }
                return bytes.count
            }
        }
        shared.socket.sendAnswers(of: &batch)
    }
}
