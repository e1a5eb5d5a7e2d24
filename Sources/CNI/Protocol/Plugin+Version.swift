import JSON

extension Plugin {
    /// How long VERSION waits for a configuration: runtimes may send none and leave the input open.
    private static let patience: CInt = 200

    /// VERSION, which works whatever the input is, or is not (C7).
    static func supportedVersions<Failure>(
        _ input: (_ patience: CInt?) throws(Failure) -> [UInt8]
    ) -> Reply {
        let versions = ProtocolVersion.allCases.map { JSONValue.string($0.rawValue) }
        return Reply(
            output: JSONValue.object([
                "cniVersion": .string(requestedVersion(input).rawValue),
                "supportedVersions": .array(versions),
            ]).text + "\n")
    }

    /// The version of the request, for the answer is in it; ours where there is none we know.
    private static func requestedVersion<Failure>(
        _ input: (_ patience: CInt?) throws(Failure) -> [UInt8]
    ) -> ProtocolVersion {
        guard let text = try? input(patience), let request = try? JSONValue(parsing: text.span),
            case .string(let name) = request.object?[anyCase: "cniVersion"]
        else { return .newest }
        return ProtocolVersion(rawValue: name) ?? .newest
    }
}
