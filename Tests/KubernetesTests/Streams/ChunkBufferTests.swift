import Testing

@testable import Kubernetes

@Suite struct ChunkBufferTests {
    @Test(arguments: [1 << 10, 1 << 20])
    func `room is kept for events, and given back after a list`(size: Int) {
        var buffer = ChunkBuffer()
        buffer.receive { $0 += [UInt8](repeating: 1, count: size) }
        buffer.use(size - 1)
        #expect(buffer.unused == 1 && buffer.bytes[buffer.used] == 1)
        buffer.giveBackRoom()
        #expect(buffer.unused == 1 && buffer.bytes[buffer.used] == 1)
        buffer.use(1)
        buffer.giveBackRoom()
        #expect(buffer.unused == 0)
        #expect(buffer.bytes.capacity <= ChunkBuffer.keptRoom)
        buffer.receive { $0 += [7, 8] }
        buffer.use(1)
        #expect(buffer.unused == 1 && buffer.bytes[buffer.used] == 8)
    }
}
