/// A failure as the CNI specification reports it.
package struct CNIError: Error, Hashable, Sendable {
    /// The specification's numbers; a plugin's own start at 100.
    package struct Code: RawRepresentable, Hashable, Sendable {
        package let rawValue: UInt

        package init(rawValue: UInt) { self.rawValue = rawValue }

        package static let incompatibleVersion = Code(rawValue: 1)
        package static let invalidEnvironment = Code(rawValue: 4)
        package static let inputOutput = Code(rawValue: 5)
        package static let undecodable = Code(rawValue: 6)
        package static let invalidConfiguration = Code(rawValue: 7)
        package static let notAvailable = Code(rawValue: 50)
    }

    package let code: Code
    /// One short sentence.
    package let message: String
    /// What a user needs to find the cause and do something about it.
    package let details: String

    package init(_ code: Code, _ message: String, details: String = "") {
        self.code = code
        self.message = message
        self.details = details
    }
}

extension CNIError: CustomStringConvertible {
    package var description: String {
        details.isEmpty ? message : "\(message): \(details)"
    }

    /// The document that goes to standard output.
    func document(in version: ProtocolVersion) -> JSONValue {
        .object([
            "cniVersion": .string(version.rawValue),
            "code": .number("\(code.rawValue)"),
            "msg": .string(message),
            "details": .string(details),
        ])
    }
}
