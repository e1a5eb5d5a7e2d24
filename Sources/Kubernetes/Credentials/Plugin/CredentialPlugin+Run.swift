import Platform

extension CredentialPlugin {
    /// What an answer holds at most.
    private static let answerLimit = 1 << 20
    /// How much of what a plugin says to people an error repeats.
    private static let complaintLimit = 2000

    /// Runs the plugin to its end; blocks.
    func run(
        _ access: ClusterAccess, environment: [String: String], limit: Duration
    ) throws(CredentialsError) -> PluginCredential {
        let outcome = try outcome(of: program(access, environment, limit))
        guard outcome.status.isSuccess else {
            throw failure("\(command) failed (\(outcome.status.words))\(complaint(outcome.errors))")
        }
        do throws(PluginCredential.Defect) {
            return try PluginCredential(answer: outcome.output.span, apiVersion: apiVersion)
        } catch {
            throw failure("\(command): \(error.problem)\(complaint(outcome.errors))")
        }
    }

    private func program(
        _ access: ClusterAccess, _ environment: [String: String], _ limit: Duration
    ) -> Program {
        let own = Set(self.environment.map { $0.prefix { $0 != "=" } })
        let inherited = environment.filter { name, _ in
            !own.contains(name[...]) && name != Self.infoVariable
        }
        return Program(
            command, arguments,
            environment: inherited.map { "\($0)=\($1)" } + self.environment
                + ["\(Self.infoVariable)=\(info(access))"],
            outputLimit: Self.answerLimit, limit: limit)
    }

    private func outcome(of program: Program) throws(CredentialsError) -> Program.Outcome {
        do throws(PlatformError) {
            return try program.run()
        } catch {
            // Its description would hold the arguments, which may be secrets.
            throw failure("\(command) cannot be run: \(error.reason)")
        }
    }

    private static let infoVariable = "KUBERNETES_EXEC_INFO"

    private func failure(_ problem: String) -> CredentialsError {
        CredentialsError(
            .plugin, place, key: key, problem,
            remedy: installHint ?? "run it by hand to see what it wants")
    }

    /// What the plugin said on its standard error, in one line and without what steers terminals.
    private func complaint(_ errors: [UInt8]) -> String {
        let text = String(decoding: errors.prefix(Self.complaintLimit), as: UTF8.self)
        let lines = text.split { $0.isNewline }.map { line in
            String(
                String.UnicodeScalarView(
                    line.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }))
        }
        return lines.isEmpty ? "" : ": " + lines.joined(separator: " / ")
    }
}

extension Termination {
    fileprivate var words: String {
        switch self {
        case .exited(let status): "exit status \(status)"
        case .killed(let signal): "killed by signal \(signal.rawValue)"
        }
    }
}
