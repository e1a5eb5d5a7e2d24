import Netlink
import Network
import Testing

@testable import NFTables

@Suite("Values")
struct ValueTests {
    @Test("numbers stand in the order asked for")
    func byteOrders() {
        #expect(Value(network: 0x1234 as UInt16).bytes.copied() == [0x12, 0x34])
        #expect(Value(network: 7 as UInt8).bytes.copied() == [7])
        let host = Value(host: 0x0102_0304 as UInt32)
        #expect(host.host(as: UInt32.self) == 0x0102_0304)
        #expect(host.network(as: UInt32.self) == (0x0102_0304 as UInt32).bigEndian)
        #expect(host.network(as: UInt16.self) == nil, "of another size")
    }

    @Test("addresses stand as in a packet")
    func addresses() {
        let four = Value(IPAddress.v4(IPv4Address(rawValue: 0x0A00_0102)))
        #expect(four.bytes.copied() == [10, 0, 1, 2])
        let six = Value(IPAddress.v6(IPv6Address(high: 0xFD00_0000_0000_0001, low: 2)))
        #expect(six.bytes.copied() == [0xFD, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 2])
    }

    @Test("an interface's name is padded, its beginning is not")
    func interfaceNames() {
        #expect(Value(interface: "eth0").count == 16)
        #expect(Value(interface: "eth", isPrefix: true).bytes.copied() == [101, 116, 104])
    }

    @Test("each part of a concatenation fills whole registers")
    func concatenations() {
        let parts = Value(
            concatenating: Value(IPv4Address(rawValue: 1)), byte(6), port(80), mark(0))
        #expect(
            parts.bytes.copied() == [0, 0, 0, 1, 6, 0, 0, 0, 0, 80, 0, 0, 0, 0, 0, 0])
    }

    @Test("nothing grows beyond the registers")
    func limit() {
        var value = Value()
        for number in 0..<100 as Range<UInt8> { value.append(number) }
        #expect(value.count == Value.maximumLength)
        #expect(value[63] == 63)
    }

    @Test("equal values hash alike, and length counts")
    func equality() {
        #expect(Value([1, 2]) == Value([1, 2]))
        #expect(Value([1, 2]).hashValue == Value([1, 2]).hashValue)
        #expect(Value([1, 2]) != Value([1, 2, 0]))
        let values = Set((0..<1000 as Range<UInt32>).map { Value(network: $0) })
        #expect(values.count == 1000)
    }

    @Test("order is that of numbers in network byte order")
    func order() {
        #expect(address(1) < address(2))
        #expect(address(255) < address(256))
        #expect(!(address(1) < address(1)))
        #expect(Value([1]) < Value([1, 0]))
    }

    @Test(
        "the neighbours of a value",
        arguments: [
            ([0, 0], [0, 1]), ([0, 255], [1, 0]), ([255, 255], nil),
        ] as [([UInt8], [UInt8]?)])
    func neighbours(_ bytes: [UInt8], _ next: [UInt8]?) {
        #expect(Value(bytes).successor == next.map { Value($0) })
        if let next { #expect(Value(next).predecessor == Value(bytes)) }
    }

    @Test("printed by the register")
    func text() {
        #expect("\(Value(concatenating: address(1), port(80)))" == "0x0a000001 00500000")
    }
}
