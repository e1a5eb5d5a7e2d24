import Platform
import Testing

@testable import DNS

/// Greets, then flips all bits of what is said; it waits for the peer's greeting before it says any.
private final class Flipping: StreamCodec {
    private var output: [UInt8] = [0x16]
    private var waiting: [UInt8] = []
    private var isGreeted = false

    func receive(_ octets: Span<UInt8>, into plain: inout [UInt8]) -> StreamCodecProgress {
        for index in octets.indices {
            let octet = octets[index]
            if !isGreeted {
                guard octet == 0x16 else { return .failed }
                isGreeted = true
                output += waiting
            } else if octet == 0x15 {
                return .ended
            } else {
                plain.append(~octet)
            }
        }
        return .goesOn
    }

    func send(_ plain: Span<UInt8>) {
        let flipped = plain.indices.map { ~plain[$0] }
        if isGreeted { output += flipped } else { waiting += flipped }
    }

    func end() { output.append(0x15) }

    func takeOutput(into octets: inout [UInt8]) {
        octets += output
        output = []
    }
}

@Suite struct StreamCodecTests {
    private let message = framed(3, length: 20)

    private func unsent(_ connection: StreamConnection) -> [UInt8] {
        connection.outgoing.copied
    }

    @Test func `messages and replies pass through a codec`() {
        var connection = StreamConnection.new(codec: Flipping())
        connection.receive([0x16] + message.map { ~$0 })
        let messages = connection.takeAll()
        #expect(messages == [Array(message[2...])])
        #expect(unsent(connection) == [0x16])
        #expect(connection.wishes == [.read, .write])
        connection.send(message)
        #expect(unsent(connection) == [0x16] + message.map { ~$0 })
        connection.wrote(unsent(connection).count, at: second(0))
        #expect(connection.wishes == .read)
    }

    @Test func `a first message has its time from the beginning, the codec's talk included`() {
        var connection = StreamConnection.new(codec: Flipping())
        connection.receive([0x16], at: second(2))
        connection.settle(at: second(2))
        connection.wrote(1, at: second(2))
        #expect(connection.deadline.ending == .silent)
        #expect(connection.deadline.time.secondsOfTest == 3)
    }

    @Test func `the end of what is encoded is the end of the peer`() {
        var connection = StreamConnection.new(codec: Flipping())
        connection.receive([0x16])
        connection.wrote(1, at: second(0))
        connection.receive([0x15])
        connection.settle(at: second(0))
        #expect(connection.ending == .finished)
        #expect(unsent(connection) == [0x15])
    }

    @Test func `what cannot be decoded ends the connection`() {
        var connection = StreamConnection.new(codec: Flipping())
        connection.receive([0x17])
        #expect(connection.ending == .undecodable)
    }
}
