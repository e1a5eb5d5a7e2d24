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

    @Test("padding is zero, whatever the memory held before")
    func padding() {
        var writer = MessageWriter()
        for _ in 0..<2 {
            writer.begin(type: 1, flags: 0)
            let abandoned = writer.beginNest(1)
            let filler = [UInt8](repeating: 0xFF, count: 2 * writer.capacity)
            writer.put(1, filler.span)
            writer.cancel(abandoned)
            writer.put(2, string: "filter")
            #expect(writer.bytes.copied().suffix(12) == [11, 0, 2, 0] + "filter".utf8 + [0, 0])
            writer.removeAll()
        }
    }
}
