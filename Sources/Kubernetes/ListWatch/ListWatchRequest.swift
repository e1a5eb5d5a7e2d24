/// A request of a `ListWatch`, which says what to read the answer as.
package struct ListWatchRequest: Hashable, Sendable {
    package enum Purpose: Hashable, Sendable {
        /// One page of a list, or all of it.
        case page
        /// A watch that begins with all objects.
        case stream
        case watch
        /// A list of one object, which says how many there are.
        case check
    }

    package let purpose: Purpose
    package let resource: Resource
    package let query: [Parameter]

    package struct Parameter: Hashable, Sendable {
        package let name: String
        package let value: String
    }

    /// Whether the answer is a stream of events.
    package var isWatch: Bool { purpose == .stream || purpose == .watch }

    /// Path and query, as they stand in an HTTP request.
    package var target: String {
        resource.path + "?"
            + query.map { "\($0.name)=\($0.value.percentEncoded)" }.joined(separator: "&")
    }

    package subscript(_ name: String) -> String? { query.first { $0.name == name }?.value }
}

/// What part of a kind's objects is wanted, and how.
package struct ListWatchOptions: Hashable, Sendable {
    package var labelSelector = ""
    package var fieldSelector = ""
    package var pageSize = 500
    /// Whether a server may have no such resource, which is then as good as having no objects.
    package var isOptional = false
    /// Whether objects are counted on the server now and then.
    package var checksForDrift = true
    /// What of the objects is kept.
    package var use = ObjectUse.everything

    package init() {}

    var isSelective: Bool { !labelSelector.isEmpty || !fieldSelector.isEmpty }
}

extension String {
    /// RFC 3986, section 2.1: all but the unreserved characters as bytes in hexadecimal.
    fileprivate var percentEncoded: String {
        var text = ""
        for byte in utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
                UInt8(ascii: "_"), UInt8(ascii: "~"):
                text.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                text += byte < 16 ? "%0" : "%"
                text += String(byte, radix: 16, uppercase: true)
            }
        }
        return text
    }
}
