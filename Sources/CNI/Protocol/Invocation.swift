import Network
import Platform

/// The variables of one call, read and checked before anything else is looked at.
struct Invocation: Sendable {
    let command: ProtocolCommand
    /// CNI_CONTAINERID and CNI_IFNAME, of the commands that are about one attachment.
    private let container: (id: String, interface: InterfaceName)?
    private let namespacePath: String?
    private let argumentText: String?
    /// The folders of CNI_PATH.
    let searchPath: [String]
    /// Whether CNI_NETNS may be the namespace the plugin itself is in (C11).
    private let overridesNamespace: Bool

    init(_ command: ProtocolCommand, variable: (String) -> String?) throws(CNIError) {
        self.command = command
        container = command.isAboutContainer ? try Self.container(variable) : nil
        namespacePath = variable("CNI_NETNS").flatMap { $0.isEmpty ? nil : $0 }
        argumentText = variable("CNI_ARGS")
        searchPath = (variable("CNI_PATH") ?? "").split(separator: ":").map(String.init)
        let override = variable("CNI_NETNS_OVERRIDE") ?? ""
        overridesNamespace = override == "1" || override.lowercased() == "true"
    }

    private static func container(
        _ variable: (String) -> String?
    ) throws(CNIError) -> (id: String, interface: InterfaceName) {
        let id = variable("CNI_CONTAINERID") ?? ""
        if let defect = Identifier.defect(of: id) {
            throw CNIError(
                .invalidEnvironment, "CNI_CONTAINERID \"\(id)\" is not valid", details: defect)
        }
        let name = variable("CNI_IFNAME") ?? ""
        do throws(NetworkError) {
            // The kernel reads bytes; the specification forbids all of Unicode's white space.
            guard !name.unicodeScalars.contains(where: \.properties.isWhitespace) else {
                throw NetworkError(.badInterfaceName, name)
            }
            return (id, try InterfaceName(validating: name))
        } catch {
            throw CNIError(
                .invalidEnvironment, "CNI_IFNAME \"\(name)\" is not valid", details: "\(error)")
        }
    }
}

extension Invocation {
    /// The call as the plugin's parts see it.
    func pod(
        of network: NetworkConfiguration, as plugin: PluginName
    ) throws(CNIError) -> PodCall {
        guard let container else {
            throw CNIError(.invalidEnvironment, "\(command.rawValue) is about no container")
        }
        let attachment = Attachment(
            network: network.name, containerID: container.id, interface: container.interface)
        return PodCall(
            attachment, namespacePath: namespacePath, arguments: try arguments, plugin: plugin)
    }

    /// C16; what DEL is told badly must not keep it from removing (C25).
    private var arguments: CallArguments {
        get throws(CNIError) {
            guard command == .delete else { return try CallArguments(argumentText ?? "") }
            return (try? CallArguments(argumentText ?? "")) ?? .none
        }
    }

    /// Refuses the namespace that the plugin itself is in, before anything in it is changed (C11).
    func refuseOwnNamespace(_ namespace: borrowing NetworkNamespace) throws(CNIError) {
        if overridesNamespace { return }
        do throws(PlatformError) {
            guard try namespace.identity == NetworkNamespace.currentIdentity else { return }
        } catch {
            throw CNIError(error)
        }
        throw CNIError(
            .invalidNamespace, "CNI_NETNS is the host's own network namespace",
            details: "give the container's, or set CNI_NETNS_OVERRIDE=1 if this is meant")
    }
}

extension ProtocolCommand {
    fileprivate var isAboutContainer: Bool {
        switch self {
        case .add, .check, .delete: true
        case .collectGarbage, .status, .version: false
        }
    }

    /// The first version of the specification that has the command (C8).
    var since: ProtocolVersion {
        switch self {
        case .add, .delete, .version: .v010
        case .check: .v040
        case .collectGarbage, .status: .v110
        }
    }
}
