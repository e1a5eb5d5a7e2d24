import Netlink
import TestSupport
import Testing

struct `Received attributes` {
    private func read(_ bytes: [UInt8]) throws(NetlinkError) -> [Int: [UInt8]] {
        var found = [Int: [UInt8]]()
        try Attributes(bytes.span).forEach { attribute throws(NetlinkError) in
            found[attribute.type] = attribute.bytes.copied()
        }
        return found
    }

    @Test func `flags are no part of the number`() throws {
        let nested: UInt16 = 0x8000
        let networkOrder: UInt16 = 0x4000
        let bytes = Bytes.attribute(3 | nested, [1]) + Bytes.attribute(4 | networkOrder, [2, 3])
        #expect(try read(bytes) == [3: [1], 4: [2, 3]])
    }

    @Test(arguments: [1, 2, 3])
    func `fewer bytes than a header are padding`(count: Int) throws {
        let bytes = Bytes.attribute(1, [9]) + Array(repeating: 0xFF, count: count)
        #expect(try read(bytes) == [1: [9]])
    }

    @Test func `the last one may lack its padding`() throws {
        #expect(try read(Array(Bytes.attribute(1, [9]).prefix(5))) == [1: [9]])
    }

    @Test(arguments: [
        Bytes.attribute(1, length: 0, [1]), Bytes.attribute(1, length: 3, [1]),
        Bytes.attribute(1, length: 9, [1]), Bytes.attribute(1, length: .max, [1]),
        Bytes.attribute(2, [1]) + Bytes.attribute(1, length: 5, []),
    ])
    func `one that contradicts its length is malformed`(bytes: [UInt8]) {
        let error = #expect(throws: NetlinkError.self) { _ = try read(bytes) }
        #expect(error?.code == .malformed)
    }

    @Test func `an inner attribute cannot reach beyond its outer one`() throws {
        let inner = Bytes.attribute(1, length: 12, [1, 2, 3, 4])
        let bytes = Bytes.attribute(5, inner) + Bytes.attribute(6, [7, 7, 7, 7])
        var attributes = Attributes(bytes.span)
        guard let outer = try attributes.next() else { throw LabError("nothing there") }
        let content = outer.bytes.copied()
        #expect(throws: NetlinkError.self) { try read(content) }
    }

    @Test func `numbers have exactly their length`() throws {
        let bytes = Bytes.attribute(1, [1, 2, 3, 4])
        let attributes = Attributes(bytes.span)
        let host: UInt32? = try attributes.first(1)?.host()
        let network: UInt32? = try attributes.first(1)?.network()
        #expect(host == 0x0403_0201 && network == 0x0102_0304)
        #expect(throws: NetlinkError.self) {
            _ = try Attributes(bytes.span).first(1)?.host(UInt16.self)
        }
        #expect(throws: NetlinkError.self) {
            _ = try Attributes(bytes.span).first(1)?.network(UInt64.self)
        }
    }

    @Test func `text ends at its NUL, and must be text`() throws {
        let bytes =
            Bytes.attribute(1, [0x61, 0x62, 0, 0x63]) + Bytes.attribute(2, [0x61])
            + Bytes.attribute(3, [0xFF, 0xFE, 0])
        #expect(try Attributes(bytes.span).first(1)?.string() == "ab")
        #expect(try Attributes(bytes.span).first(2)?.string() == "a")
        #expect(throws: NetlinkError.self) { _ = try Attributes(bytes.span).first(3)?.string() }
    }
}
