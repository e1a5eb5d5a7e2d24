/// What a list says of itself.
package struct ListMeta: Message {
    /// The state of the cluster that the list shows.
    package var resourceVersion = ""
    /// Asks for the next page; empty on the last.
    package var continuation = ""
    /// Objects on later pages, where the server counts them.
    package var remainingItemCount: Int64?

    package init() {}

    package mutating func code<Fields: FieldCoder & ~Copyable & ~Escapable>(
        _ fields: inout Fields
    ) throws(ObjectError) {
        try fields.field(2, "resourceVersion", &resourceVersion)
        try fields.field(3, "continue", &continuation)
        try fields.field(4, "remainingItemCount", &remainingItemCount)
    }
}
