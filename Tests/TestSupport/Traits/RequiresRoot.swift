import Platform
package import Testing

extension Trait where Self == ConditionTrait {
    /// The test makes network namespaces: skipped with a word without the right to, failed in CI.
    package static var requiresRoot: Self {
        .enabled("needs the right to make network namespaces: run as root or in unshare -rn") {
            try decide(canMakeNamespaces(), inCI: Environment.value(of: "CI") == "true")
        }
    }
}

/// Whether to run the test; a missing right is an error where every test must run.
func decide(_ allowed: Result<Void, PlatformError>, inCI: Bool) throws(PlatformError) -> Bool {
    switch allowed {
    case .success: return true
    case .failure(let error) where inCI: throw error
    case .failure: return false
    }
}

private func canMakeNamespaces() -> Result<Void, PlatformError> {
    Result { () throws(PlatformError) in _ = try NetworkNamespace.anonymous() }
}
