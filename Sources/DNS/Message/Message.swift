/// A whole message as a value, for whatever is not answered thousands of times a second.
package struct Message: Hashable, Sendable {
    package var id: UInt16 = 0
    package var flags = HeaderFlags()
    package var questions: [Question] = []
    package var answers: [Record] = []
    package var authorities: [Record] = []
    /// Without the OPT record, which stands in `edns`.
    package var additionals: [Record] = []
    package var edns: EDNS?

    package init() {}

    package struct Question: Hashable, Sendable {
        package var name: DomainName
        package var type: RecordType
        package var recordClass: RecordClass

        package init(
            _ name: DomainName, _ type: RecordType, _ recordClass: RecordClass = .internet
        ) {
            self.name = name
            self.type = type
            self.recordClass = recordClass
        }
    }
}

extension Message {
    /// The code of header and OPT record together (RFC 6891 section 6.1.3).
    package var responseCode: ResponseCode {
        get {
            let upper = UInt16(edns?.upperCode ?? 0) << 4
            return ResponseCode(rawValue: upper | flags.responseCode.rawValue)
        }
        set {
            flags = HeaderFlags(rawValue: flags.rawValue & ~0xf | newValue.rawValue & 0xf)
            edns?.upperCode = UInt8(truncatingIfNeeded: newValue.rawValue >> 4)
        }
    }

    /// A question to another server.
    package static func query(
        _ name: DomainName, _ type: RecordType, _ recordClass: RecordClass = .internet, id: UInt16
    ) -> Message {
        var message = Message()
        message.id = id
        message.flags = .recursionDesired
        message.questions = [Question(name, type, recordClass)]
        return message
    }
}

/// One resource record.
package struct Record: Hashable, Sendable {
    package var name: DomainName
    package var type: RecordType
    package var recordClass: RecordClass
    package var ttl: UInt32
    /// As it is sent, with every name in it written out.
    package var data: [UInt8]

    package init(
        _ name: DomainName, _ type: RecordType, ttl: UInt32, data: [UInt8],
        recordClass: RecordClass = .internet
    ) {
        self.name = name
        self.type = type
        self.recordClass = recordClass
        self.ttl = ttl
        self.data = data
    }
}

/// What an OPT record says (RFC 6891).
package struct EDNS: Hashable, Sendable {
    package var payloadSize: UInt16
    package var upperCode: UInt8 = 0
    package var version: UInt8 = 0
    package var wantsDNSSEC = false
    package var options: [Option] = []

    package init(payloadSize: UInt16) { self.payloadSize = payloadSize }

    /// What fits through every path without being fragmented (RFC 9715).
    package static let safePayload: UInt16 = 1232

    package struct Option: Hashable, Sendable {
        package var code: EDNSOption
        package var data: [UInt8]

        package init(_ code: EDNSOption, _ data: [UInt8]) {
            self.code = code
            self.data = data
        }
    }
}
