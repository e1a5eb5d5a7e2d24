import Inspection
import Kubernetes
import Platform

/// Runs a command on the source that was chosen, and ends the source after it.
func withSource(
    _ choice: SourceChoice, _ kinds: Set<Kind>,
    _ body: (any ObjectSource, ReportQueue) throws -> ExitCode
) throws -> ExitCode {
    // Before the source's thread begins, which inherits this: signals are for the command to read.
    // A pipe that nobody reads is an error of the write to it.
    try SignalSource.block(Follower.signals + [.pipe])
    let reports = ReportQueue()
    let source = try choice.open(kinds) { reports.add($0) }
    defer { source.stop() }
    return try body(source, reports)
}

extension SourceChoice {
    fileprivate func open(
        _ kinds: Set<Kind>, _ report: @escaping @Sendable (Report) -> Void
    ) throws -> any ObjectSource {
        switch place {
        case .manifests(let directory):
            return try ManifestSource(directory: directory, report: report)
        case .server(let kubeconfig, let context):
            let settings = CredentialsSettings(
                kubeconfig: kubeconfig, context: context, environment: Environment.variables)
            return try ServerSource(settings, options(kinds), report: report)
        }
    }

    private func options(_ kinds: Set<Kind>) -> [Kind: ListWatchOptions] {
        var options: [Kind: ListWatchOptions] = [:]
        for kind in kinds {
            options[kind] = ListWatchOptions()
            // Servers before 1.33 have none, or not in this version.
            options[kind]?.isOptional = kind == .serviceCIDR
        }
        return options
    }
}
