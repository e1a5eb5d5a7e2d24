/// How a question was answered; beyond 15 the upper bits ride in the OPT record (RFC 6891).
package struct ResponseCode: RawRepresentable, Hashable, Sendable {
    package let rawValue: UInt16

    package init(rawValue: UInt16) { self.rawValue = rawValue }

    package static let noError = ResponseCode(rawValue: 0)
    package static let formatError = ResponseCode(rawValue: 1)
    package static let serverFailure = ResponseCode(rawValue: 2)
    package static let nameError = ResponseCode(rawValue: 3)
    package static let notImplemented = ResponseCode(rawValue: 4)
    package static let refused = ResponseCode(rawValue: 5)
    /// A name that a DNAME record makes too long (RFC 6672 section 2.2).
    package static let nameTooLong = ResponseCode(rawValue: 6)
    package static let notAuthoritative = ResponseCode(rawValue: 9)
    package static let badVersion = ResponseCode(rawValue: 16)
    package static let badCookie = ResponseCode(rawValue: 23)

    private static let names = [
        "NOERROR", "FORMERR", "SERVFAIL", "NXDOMAIN", "NOTIMP", "REFUSED", "YXDOMAIN", "YXRRSET",
        "NXRRSET", "NOTAUTH", "NOTZONE", "DSOTYPENI",
    ]
}

extension ResponseCode: CustomStringConvertible {
    package var description: String {
        switch self {
        case .badVersion: "BADVERS"
        case .badCookie: "BADCOOKIE"
        default:
            Int(rawValue) < Self.names.count ? Self.names[Int(rawValue)] : "RCODE\(rawValue)"
        }
    }

    package init?(_ text: some StringProtocol) {
        let text = text.uppercased()
        guard let code = (0...UInt16(23)).first(where: { Self(rawValue: $0).description == text })
        else { return nil }
        self.init(rawValue: code)
    }
}
