import Network
import Platform
import Synchronization
import TLS

@testable import DNS

/// A DNS server on 127.0.0.x that does what a test wants, by UDP and TCP on one port.
final class FakeUpstream: Sendable {
    let address: AddressAndPort
    private let record: FakeRecord
    private let isStopped = Flag()
    private let waker: Waker
    private let thread: Thread

    struct Asked: Sendable {
        let message: Message
        let source: AddressAndPort?
        /// How many were asked before.
        let number: Int

        var isStream: Bool { source == nil }
    }

    enum Step: Sendable {
        case reply(@Sendable (inout Message) -> Void)
        case bytes([UInt8])
        /// From another port than the one that was asked.
        case elsewhere([UInt8])
        case later(Duration, [UInt8])
        /// Ends the connection with a reset.
        case reset

        static var reply: Step { .reply { _ in } }
    }

    init(
        host: UInt8 = 1, tls context: TLSContext? = nil,
        _ steps: @escaping @Sendable (Asked) -> [Step]
    ) throws(PlatformError) {
        let local = IPAddress.v4(IPv4Address(127, 0, 0, host))
        address = try freeAddress(local)
        let datagrams = try UDPSocket(address)
        let listener = try ListeningSocket(.ip(address))
        let loop = try EventLoop<FakeSource>()
        try loop.add(datagrams.socket.descriptor, .read, as: .datagrams)
        try loop.add(listener.socket.descriptor, .read, as: .listener)
        waker = loop.waker
        let record = FakeRecord()
        self.record = record
        let service = FakeService(loop, datagrams, listener, record, context, steps)
        thread = try Thread(owning: service) { [isStopped] service in
            var service = service
            service.run(until: isStopped)
        }
    }

    deinit {
        isStopped.set()
        waker.wake()
    }

    var asked: [Asked] { record.asked }
    var questions: [Asked] { asked.filter { $0.message.questions.first?.type != .ns } }
}

final class FakeRecord: Sendable {
    private let messages = Mutex<[FakeUpstream.Asked]>([])

    var asked: [FakeUpstream.Asked] { messages.withLock { $0 } }

    func add(_ message: Message, from source: AddressAndPort?) -> FakeUpstream.Asked {
        messages.withLock { messages in
            messages.append(.init(message: message, source: source, number: messages.count))
            return messages[messages.count - 1]
        }
    }
}

struct FakeSource: RawRepresentable, Hashable, Sendable {
    let rawValue: UInt64

    static let datagrams = FakeSource(rawValue: 0)
    static let listener = FakeSource(rawValue: 1)
}
