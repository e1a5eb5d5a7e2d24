import Network
import Platform

@testable import DNS

/// A client that does what a test says, be it foolish.
final class StreamClientOfTest {
    private let stream: StreamSocket
    private var received: [UInt8] = []

    init(
        _ address: SocketAddress, from local: IPAddress? = nil, receiveBuffer: Int? = nil
    ) throws {
        var options = SocketOptions()
        options.receiveBuffer = receiveBuffer
        let stream = try StreamSocket(
            connectedTo: address, from: local.map { .ip(AddressAndPort($0, 0)) },
            until: Self.deadline, options)
        try stream.disableDelay()
        self.stream = stream
    }

    private static var deadline: MonotonicTime { .now + .seconds(20) }

    func send(_ octets: [UInt8]) throws {
        try stream.write(all: octets.span, until: Self.deadline)
    }

    /// Sends what there is room for, and tells how much that was.
    func sendSome(_ octets: ArraySlice<UInt8>) -> Int {
        (try? stream.write(octets.span)).flatMap(\.self) ?? 0
    }

    func end() throws { try stream.shutdown(.write) }

    /// Makes the end of the last reference a reset.
    func resetOnClose() throws { try stream.resetOnClose() }

    /// The next message; nil if the connection ended instead.
    func receive() throws -> Message? {
        while true {
            if received.count >= 2 {
                let end = 2 + Int(received[0]) << 8 + Int(received[1])
                if received.count >= end {
                    let message = Array(received[2..<end])
                    received.removeFirst(end)
                    return try Message(decoding: message)
                }
            }
            guard try readMore() else { return nil }
        }
    }

    func isAnswered() throws -> Bool {
        try send(try question(web))
        return try receive() != nil
    }

    private func readMore() throws -> Bool {
        guard try stream.socket.descriptor.wait(for: .read, until: Self.deadline) else {
            throw PlatformError(.timedOut, "receive")
        }
        do throws(PlatformError) {
            return try take() > 0
        } catch {
            if error.code == .connectionReset { return false }
            throw error
        }
    }

    private func take() throws(PlatformError) -> Int {
        var room = [UInt8](repeating: 0, count: 1 << 16)
        var span = room.mutableSpan
        let count = try stream.read(into: &span) ?? 0
        received += room.prefix(count)
        return count
    }
}

/// A question behind its length.
func question(_ name: String, _ type: RecordType = .a, id: Int = 1) throws -> [UInt8] {
    framed(
        Message.query(try DomainName(name), type, id: UInt16(truncatingIfNeeded: id)).encoded())
}

let web = "web.default.svc.cluster.local"
let many = "_http._tcp.many.default.svc.cluster.local"
