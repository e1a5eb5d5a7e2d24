/// What a runtime asks for in CNI_COMMAND.
package enum ProtocolCommand: String, CaseIterable, Sendable {
    case add = "ADD"
    case delete = "DEL"
    case check = "CHECK"
    case collectGarbage = "GC"
    case status = "STATUS"
    case version = "VERSION"
}

extension ProtocolCommand {
    /// The variables without which the command cannot be carried out.
    private var requiredVariables: [String] {
        switch self {
        case .add, .check: ["CNI_CONTAINERID", "CNI_NETNS", "CNI_IFNAME"]
        case .delete: ["CNI_CONTAINERID", "CNI_IFNAME"]
        case .collectGarbage: ["CNI_PATH"]
        case .status, .version: []
        }
    }

    /// The command that the environment names, complete with its variables.
    init(named name: String, variable: (String) -> String?) throws(CNIError) {
        guard let command = ProtocolCommand(rawValue: name) else {
            throw CNIError(
                .invalidEnvironment, "unknown CNI_COMMAND \"\(name)\"",
                details: "it must be one of \(Self.all)")
        }
        // All of them in one error: a runtime's author wants to mend them in one go.
        let missing = command.requiredVariables.filter { (variable($0) ?? "").isEmpty }
        guard missing.isEmpty else {
            throw CNIError(
                .invalidEnvironment, "required environment variables are missing",
                details: "\(name) needs \(missing.joined(separator: ", "))")
        }
        self = command
    }

    private static var all: String { allCases.map(\.rawValue).joined(separator: ", ") }
}
