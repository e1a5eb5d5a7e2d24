package import Support

extension ProxyConfiguration {
    /// Whether services may have external IPs (S22).
    package var allowsExternalIPs: Bool { featureGates["AllowServiceExternalIPs"] ?? true }

    /// What of the log is written.
    package var logLevel: LogLevel { log.verbosity < Self.debugVerbosity ? .info : .debug }

    package var logFormat: LogFormat { log.format == .json ? .json : .text }

    /// The verbosity that Kubernetes' programs show what is for debugging from.
    private static let debugVerbosity = 4
}
