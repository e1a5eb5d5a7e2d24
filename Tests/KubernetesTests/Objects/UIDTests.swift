import Testing

@testable import Kubernetes

@Suite("Object UIDs")
struct UIDTests {
    @Test(
        "a UUID is kept as a number, whatever else as text",
        arguments: [
            ("9921111f-2698-49c2-9e88-765255fcfd76", true),
            ("00000000-0000-0000-0000-000000000000", true),
            ("9921111F-2698-49c2-9e88-765255fcfd76", false),
            ("9921111f-2698-49c2-9e88-765255fcfd7", false),
            ("9921111f+2698-49c2-9e88-765255fcfd76", false),
            ("", false),
            ("my-uid", false),
        ])
    func texts(text: String, isNumber: Bool) {
        let uid = UID(text)
        #expect(uid.text == text)
        #expect((uid != .other(text)) == isNumber)
    }
}
