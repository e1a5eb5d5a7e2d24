import JSON

/// A version of the CNI specification that this plugin speaks.
package enum ProtocolVersion: String, CaseIterable, Sendable {
    case v010 = "0.1.0"
    case v020 = "0.2.0"
    case v030 = "0.3.0"
    case v031 = "0.3.1"
    case v040 = "0.4.0"
    case v100 = "1.0.0"
    case v110 = "1.1.0"

    package static let newest = v110

    /// What a configuration without a version means.
    private static let unstated = v010
}

extension ProtocolVersion: Comparable {
    /// The texts of all versions sort as the versions do.
    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

extension ProtocolVersion {
    /// The version a configuration is written in.
    init(of configuration: JSONValue) throws(CNIError) {
        guard let object = configuration.object else {
            throw CNIError(
                .undecodable, "the configuration is not a JSON object",
                details: "it must begin with {")
        }
        switch object[anyCase: "cniVersion"] {
        case nil, .null, .string(""): self = .unstated
        case .string(let text): self = try Self.named(text)
        default:
            throw CNIError(
                .undecodable, "cniVersion is not a string",
                details: "write it in quotes, as in \"cniVersion\": \"\(Self.newest.rawValue)\"")
        }
    }

    private static func named(_ text: String) throws(CNIError) -> ProtocolVersion {
        if let version = ProtocolVersion(rawValue: text) { return version }
        throw CNIError(
            .incompatibleVersion, "incompatible CNI versions",
            details: "the configuration is in version \(text), this plugin supports \(all)")
    }

    static var all: String { allCases.map(\.rawValue).joined(separator: ", ") }
}
