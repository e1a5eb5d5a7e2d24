import Network
import Testing

@Suite struct `Interface name` {
    @Test(arguments: ["a", "eth0", "123456789012345", "weft-1.2@x", "...", ".a", "grün", "ゑゑゑゑゑ"])
    func `is accepted`(text: String) throws {
        #expect(try InterfaceName(validating: text).description == text)
    }

    @Test(arguments: [
        ("", NetworkError.Code.emptyInterfaceName), ("1234567890123456", .interfaceNameTooLong),
        ("ゑゑゑゑゑゑ", .interfaceNameTooLong), (".", .badInterfaceName), ("..", .badInterfaceName),
        ("a/b", .badInterfaceName), ("a:b", .badInterfaceName), ("a b", .badInterfaceName),
        ("a\tb", .badInterfaceName), ("a\nb", .badInterfaceName), ("a\u{0B}b", .badInterfaceName),
        ("a\u{0C}b", .badInterfaceName), ("a\rb", .badInterfaceName), ("a\0b", .badInterfaceName),
        ("eth%d", .badInterfaceName), ("à", .badInterfaceName),
    ])
    func `is refused`(text: String, code: NetworkError.Code) {
        #expect(throws: NetworkError(code, text)) { try InterfaceName(validating: text) }
    }

    @Test func `is text`() {
        #expect(InterfaceName(utf8: ([0x61, 0xFF] as [UInt8]).span) == nil)
    }
}
