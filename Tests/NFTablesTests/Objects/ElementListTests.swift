import Netlink
import Testing

@testable import NFTables

@Suite("Element lists")
struct ElementListTests {
    static let elements: [Element] = [
        Element(address(1)),
        Element(address(1), through: address(9)),
        Element(address(2), .value(Value(concatenating: address(3), port(80)))),
        Element(address(3), .verdict(.goto("services"))),
        Element(address(4), .verdict(.drop), timeout: 1000, comment: "soon gone"),
        Element(address(5), comment: "counted", expressions: [.counter(Counter(packets: 1))]),
        Element(Value([UInt8](repeating: 0xFF, count: 64))),
        .catchAll(.verdict(.accept)),
    ]

    @Test("give back what was put in, in order")
    func roundTrip() {
        let list = ElementList(Self.elements)
        #expect(Array(list) == Self.elements)
        #expect(list.count == Self.elements.count)
        #expect(!list.isEmpty)
    }

    @Test("are equal when their elements are")
    func equality() {
        #expect(ElementList(Self.elements) == ElementList(Self.elements))
        #expect(ElementList(Self.elements) != ElementList(Self.elements.dropLast()))
        let other = [Element(address(1), comment: "a")],
            another = [Element(address(1), comment: "b")]
        #expect(ElementList(other) != ElementList(another))
    }

    @Test("cost little more than their bytes")
    func size() {
        let list = ElementList((0..<1000 as Range<UInt32>).map { Element(address($0)) })
        #expect(list.byteCount == 1000 * (1 + 1 + 4))
    }

    @Test("can be read on from where a message was full")
    func resuming() {
        let list = ElementList(Self.elements)
        var seen = [[UInt8]]()
        var rest: PackedIndex? = PackedIndex()
        while let start = rest {
            var room = 3
            rest = list.forEachPacked(from: start) { element in
                if room == 0 { return false }
                room -= 1
                seen.append(element.key.copied())
                return true
            }
        }
        #expect(seen == Self.elements.map { $0.key.bytes.copied() })
    }
}
