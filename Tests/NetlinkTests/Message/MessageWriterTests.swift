import Netlink
import Testing

struct `Writing messages` {
    @Test func `messages, nests and values lie as the kernel reads them`() {
        var writer = MessageWriter()
        writer.begin(type: 16, flags: 4, sequence: 9)
        writer.putFixed(UInt32(0x0403_0201))
        writer.put(1, UInt8(5))
        writer.nest(2) { writer in
            writer.put(3, string: "abc")
            writer.putFlag(4)
        }
        writer.begin(type: 17, flags: 0)
        let expected =
            Bytes.message(
                16, flags: 5, sequence: 9, port: 0,
                [1, 2, 3, 4] + Bytes.attribute(1, [5])
                    + Bytes.attribute(
                        2 | 0x8000, Bytes.attribute(3, Bytes.text("abc")) + Bytes.attribute(4, [])))
            + Bytes.message(17, flags: 1, sequence: 0, port: 0)
        #expect(writer.bytes.copied() == expected)
    }

    @Test func `a cancelled nest leaves nothing`() {
        var writer = MessageWriter()
        writer.begin(type: 16, flags: 0)
        let before = writer.count
        let nest = writer.beginNest(1)
        writer.put(2, UInt64(1))
        #expect(writer.length(of: nest) == 16)
        writer.cancel(nest)
        #expect(writer.count == before)
    }

    @Test func `it grows as far as needed and keeps what was written`() throws {
        var writer = MessageWriter(capacity: 1)
        for sequence in 0..<5000 {
            writer.begin(type: 16, flags: 0, sequence: UInt32(sequence))
            writer.put(1, UInt32(sequence))
        }
        var messages = Messages(writer.bytes)
        var count: UInt32 = 0
        while let message = try messages.next() {
            #expect(message.sequence == count)
            #expect(try Attributes(message.payload).first(1)?.host() == count)
            count += 1
        }
        #expect(count == 5000)
        writer.removeAll()
        #expect(writer.count == 0)
    }
}
