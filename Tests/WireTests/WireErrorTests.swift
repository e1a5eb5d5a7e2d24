import Testing
import Wire

@Suite struct `Wire error` {
    @Test(arguments: [
        (WireError.Code.truncated, "the message ends within the field at byte 12"),
        (.trailingBytes, "the message goes on after its end at byte 12"),
        (.outOfBounds, "byte 12 is outside the message"),
        (.full, "no room is left at byte 12"),
        (.tooLong, "what follows byte 12 is too long for its length field"),
    ])
    func `says where it happened`(code: WireError.Code, message: String) {
        #expect(WireError(code, at: 12).description == message)
    }
}
