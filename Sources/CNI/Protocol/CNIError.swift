import JSON
package import NFTables
package import Netlink
package import Platform

/// A failure as the CNI specification reports it.
package struct CNIError: Error, Hashable, Sendable {
    /// The specification's numbers; a plugin's own start at 100.
    package struct Code: RawRepresentable, Hashable, Sendable {
        package let rawValue: UInt

        package init(rawValue: UInt) { self.rawValue = rawValue }

        package static let incompatibleVersion = Code(rawValue: 1)
        package static let unsupportedField = Code(rawValue: 2)
        package static let unknownContainer = Code(rawValue: 3)
        package static let invalidEnvironment = Code(rawValue: 4)
        package static let inputOutput = Code(rawValue: 5)
        package static let undecodable = Code(rawValue: 6)
        package static let invalidConfiguration = Code(rawValue: 7)
        package static let invalidNamespace = Code(rawValue: 8)
        package static let tryAgainLater = Code(rawValue: 11)
        package static let notAvailable = Code(rawValue: 50)
        /// ADD cannot work, and attached containers may have lost their network too.
        package static let connectivityLimited = Code(rawValue: 51)

        /// The kernel refused a link, an address, a route or a rule.
        package static let kernelRefused = Code(rawValue: 100)
        /// The container has an interface of that name already.
        package static let interfaceExists = Code(rawValue: 101)
        package static let noFreeAddress = Code(rawValue: 102)
        /// A requested address belongs to somebody else, or to no range.
        package static let addressNotAvailable = Code(rawValue: 103)
        package static let hostPortTaken = Code(rawValue: 104)
        /// CHECK found that something is not as ADD left it.
        package static let checkFailed = Code(rawValue: 105)
        /// A delegate could not be run or did not answer as the specification asks.
        package static let delegateFailed = Code(rawValue: 106)
        /// Files of ours are damaged, or written by a newer version.
        package static let stateDamaged = Code(rawValue: 107)
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

extension CNIError {
    package init(_ error: NetlinkError) { self.init(.kernelRefused, "\(error)") }
    package init(_ error: NFTablesError) { self.init(.kernelRefused, "\(error)") }
    package init(_ error: PlatformError) { self.init(.inputOutput, "\(error)") }
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
