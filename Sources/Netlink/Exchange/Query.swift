/// A value that the kernel describes in one message.
package protocol MessageDecodable: Sendable {
    /// Reads a message; nil when it describes something else.
    init?(_ message: borrowing Message) throws(NetlinkError)
}

/// A request that is answered with values.
///
/// What a value must be, only the functions say that read one: Swift checks what a generic type asks
/// for when a program uses the type first, by a look at all conformances that the program has.
package struct Query<Value>: Sendable, Hashable {
    package let request: Request
    /// Whether the kernel says "no such object" where it means an empty list.
    private let emptyIsAbsence: Bool

    package init(_ request: Request, emptyIsAbsence: Bool = false) {
        self.request = request
        self.emptyIsAbsence = emptyIsAbsence
    }

    /// Whether the kernel's refusal means that there is nothing to list.
    func isEmpty(_ error: NetlinkError) -> Bool { emptyIsAbsence && error.isAbsence }
}
