import Platform

/// The plugin as a runtime sees it: environment and configuration in, one document out.
package enum Plugin {
    /// Answers one invocation; `input` reads the configuration, waiting so many milliseconds for
    /// its first byte or, without a number, for ever.
    package static func answer<Failure>(
        variable: (String) -> String?,
        input: (_ patience: CInt?) throws(Failure) -> [UInt8]
    ) -> Reply {
        guard let name = variable("CNI_COMMAND"), !name.isEmpty else { return usage }
        var version = ProtocolVersion.newest
        do throws(CNIError) {
            let command = try ProtocolCommand(named: name, variable: variable)
            if command == .version { return supportedVersions(input) }
            version = try ProtocolVersion(of: configuration(input))
            throw CNIError(
                .notAvailable, "\(name) is not available yet",
                details: "this build of weft-cni answers VERSION only")
        } catch {
            return Reply(
                output: error.document(in: version).text + "\n", status: .failure)
        }
    }
}

extension Plugin {
    private static func configuration<Failure>(
        _ input: (_ patience: CInt?) throws(Failure) -> [UInt8]
    ) throws(CNIError) -> JSONValue {
        let text: [UInt8]
        do throws(Failure) {
            text = try input(nil)
        } catch {
            throw CNIError(
                .inputOutput, "the configuration could not be read", details: "\(error)")
        }
        return try JSONValue(parsing: text.span)
    }

    /// The person who calls the program by hand.
    private static var usage: Reply {
        Reply(
            diagnostics: """
                weft-cni is a CNI plugin: a container runtime calls it with CNI_COMMAND and other
                variables in its environment and a network configuration on its standard input.
                CNI versions supported: \(ProtocolVersion.all)

                """)
    }
}
