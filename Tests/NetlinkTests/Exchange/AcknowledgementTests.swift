import Netlink
import Platform
import TestSupport
import Testing

struct `Acknowledgements` {
    private static let capped: UInt16 = 0x100
    private static let hasText: UInt16 = 0x200

    private func read(_ bytes: [UInt8], done: Bool = false) throws -> Acknowledgement {
        var messages = Messages(bytes.span)
        guard let message = try messages.next() else { throw LabError("no message") }
        return done ? try Acknowledgement(done: message) : try Acknowledgement(message)
    }

    /// The number, the header of the request, then what follows.
    private static func error(
        _ code: Int32, flags: UInt16, echoed: [UInt8] = [], _ rest: [UInt8] = []
    ) -> [UInt8] {
        let request = Bytes.message(16, flags: 5, length: UInt32(16 + echoed.count))
        return Bytes.message(2, flags: flags, Bytes.little(code) + request + echoed + rest)
    }

    @Test func `zero is success, and may carry a warning`() throws {
        #expect(try read(Self.error(0, flags: Self.capped)).errno == nil)
        let text = Bytes.attribute(1, Bytes.text("take care"))
        let warning = try read(Self.error(0, flags: Self.hasText, text))
        #expect(warning.errno == nil && warning.text == "take care")
    }

    @Test func `the kernel's words are found behind the request`() throws {
        let text =
            Bytes.attribute(2, [0, 0, 0, 0]) + Bytes.attribute(1, Bytes.text("no such thing"))
        let short = try read(Self.error(-22, flags: Self.capped | Self.hasText, text))
        #expect(short.errno == .invalid && short.text == "no such thing")
        let whole = try read(
            Self.error(-17, flags: Self.hasText, echoed: [1, 2, 3, 4, 5, 6, 7, 8], text))
        #expect(whole.errno == .exists && whole.text == "no such thing")
        let none = try read(Self.error(-17, flags: 0, echoed: [1, 2, 3, 4], text))
        #expect(none.errno == .exists && none.text.isEmpty)
    }

    @Test func `the end of a dump may have failed too`() throws {
        #expect(try read(Bytes.message(3), done: true).errno == nil)
        #expect(try read(Bytes.message(3, Bytes.little(Int32(0))), done: true).errno == nil)
        let text = Bytes.attribute(1, Bytes.text("bad filter"))
        let failed = try read(
            Bytes.message(3, flags: Self.hasText, Bytes.little(Int32(-22)) + text), done: true)
        #expect(failed.errno == .invalid && failed.text == "bad filter")
    }

    @Test(arguments: [[], [1, 2, 3]])
    func `one without a number is malformed`(payload: [UInt8]) {
        #expect(throws: NetlinkError.self) { try read(Bytes.message(2, payload)) }
    }

    @Test func `a request that claims more than there is hides no words`() throws {
        let request = Bytes.message(16, length: .max)
        let bytes = Bytes.message(2, flags: Self.hasText, Bytes.little(Int32(-1)) + request)
        #expect(try read(bytes).text.isEmpty)
    }
}
