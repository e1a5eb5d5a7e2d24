import Testing

@testable import NFTables

@Suite("Types of keys and data")
struct ValueTypeTests {
    @Test(
        "nft's numbers are read back",
        arguments: [
            [.ipv4Address], [.mark], [.ipv4Address, .inetProtocol, .inetService],
            [.ipv6Address, .inetProtocol, .inetService, .mark], [.ipv4Address, .classID],
        ] as [ValueType])
    func numbers(_ type: ValueType) {
        #expect(ValueType(number: type.number, length: type.length) == type)
    }

    @Test("parts of a concatenation are padded, a single type is not")
    func lengths() {
        #expect(([.inetService] as ValueType).length == 2)
        #expect(([.inetService, .inetProtocol] as ValueType).length == 8)
        #expect(([.ipv6Address, .mark] as ValueType).length == 20)
    }

    @Test("a type nobody knows keeps its number")
    func unknown() {
        let type = ValueType(number: 5, length: 12)
        #expect(type.number == 5)
        #expect("\(type)" == "type 5")
    }
}
