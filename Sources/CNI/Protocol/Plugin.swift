import JSON
import Platform

/// The plugin as a runtime sees it: environment and configuration in, one document out.
package enum Plugin {
    /// Answers one invocation; `input` reads the configuration, waiting so many milliseconds for
    /// its first byte or, without a number, for ever.
    package static func answer<Failure>(
        as plugin: PluginName,
        variable: (String) -> String?,
        input: (_ patience: CInt?) throws(Failure) -> [UInt8]
    ) -> Reply {
        guard let name = variable("CNI_COMMAND"), !name.isEmpty else { return usage(of: plugin) }
        var version = ProtocolVersion.newest
        do throws(CNIError) {
            let command = try ProtocolCommand(named: name, variable: variable)
            if command == .version { return supportedVersions(input) }
            let invocation = try Invocation(command, variable: variable)
            let text = try read(input)
            let document = try JSONValue(parsing: text.span)
            version = try ProtocolVersion(of: document)
            let network = try NetworkConfiguration(
                document, text: text, searchPath: invocation.searchPath)
            return Reply(output: try carryOut(invocation, as: plugin, in: network))
        } catch {
            return Reply(
                output: error.document(in: version).text + "\n", status: .failure)
        }
    }
}

extension Plugin {
    private static func read<Failure>(
        _ input: (_ patience: CInt?) throws(Failure) -> [UInt8]
    ) throws(CNIError) -> [UInt8] {
        do throws(Failure) {
            return try input(nil)
        } catch {
            throw CNIError(
                .inputOutput, "the configuration could not be read", details: "\(error)")
        }
    }

    /// The person who calls the program by hand.
    private static func usage(of plugin: PluginName) -> Reply {
        Reply(
            diagnostics: """
                \(plugin.rawValue) is a CNI plugin: a container runtime calls it with CNI_COMMAND
                and other variables in its environment and a network configuration on its standard
                input. It is the plugin by whose name it is called:
                \(PluginName.allCases.map(\.rawValue).joined(separator: ", ")).
                CNI versions supported: \(ProtocolVersion.all)

                """)
    }
}
