/// Why a server refused a request, in its own words (meta/v1's Status).
package struct ServerStatus: Message {
    package var status = ""
    package var message = ""
    /// A word for machines, such as "Expired" or "Forbidden".
    package var reason = ""
    package var details = Details()
    package var code: Int32 = 0

    package init() {}

    package mutating func code<Fields: FieldCoder & ~Copyable & ~Escapable>(
        _ fields: inout Fields
    ) throws(ObjectError) {
        try fields.field(2, "status", &status)
        try fields.field(3, "message", &message)
        try fields.field(4, "reason", &reason)
        try fields.field(5, "details", &details)
        try fields.field(6, "code", &code)
    }
}

extension ServerStatus {
    package struct Details: Message {
        package var retryAfterSeconds: Int32 = 0

        package init() {}

        package mutating func code<Fields: FieldCoder & ~Copyable & ~Escapable>(
            _ fields: inout Fields
        ) throws(ObjectError) {
            try fields.field(5, "retryAfterSeconds", &retryAfterSeconds)
        }
    }
}
