package import Platform

/// What the plugin leaves behind when it ends.
package struct Reply: Equatable, Sendable {
    /// The result or the error document, the only thing that standard output may carry.
    package var output = ""
    /// For people; runtimes drop or log it.
    package var diagnostics = ""
    package var status = ExitCode.success
}
