import Testing

@testable import Netlink

@Suite("A message writer's memory")
struct MessageWriterReuseTests {
    @Test("what was written before says nothing about the next message's length")
    func reuse() {
        var writer = MessageWriter()
        let capacity = writer.capacity
        // Bytes that would be an enormous length where the next header begins.
        writer.begin(type: 1, flags: 0)
        let filler = [UInt8](repeating: 0xFF, count: 2000)
        writer.put(1, filler.span)
        writer.removeAll()
        writer.begin(type: 1, flags: 0)
        writer.begin(type: 2, flags: 0)
        writer.begin(type: 3, flags: 0)
        #expect(writer.capacity == capacity)
        #expect(writer.count == 48)
    }
}
