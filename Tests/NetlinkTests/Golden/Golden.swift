import Netlink

/// A command of iproute2 or conntrack-tools, the message it sends, and the request that is the same.
///
/// The messages were recorded with `strace -e trace=sendmsg,sendto -e write=all`. A line is a part
/// of the message, what is inside an attribute is indented, and a backslash continues a line.
struct Golden: Sendable, CustomStringConvertible {
    let description: String
    let request: Request
    let expected: MessageTree

    init(_ command: String, _ request: Request, _ annotated: String) {
        description = command
        self.request = request
        expected = MessageTree(annotated: annotated)
    }

    static func link(_ number: UInt32) -> LinkIndex { LinkIndex(rawValue: number) }
}
