import CNI
package import Kubernetes

/// Where to look on a machine.
package struct DoctorSettings: Sendable {
    package var configuration = AgentConfiguration()
    /// Where the runtime starts plugins from.
    package var pluginDirectory = "/opt/cni/bin"
    package var dataDirectory = AddressSettings.standardDataDirectory
    /// How the agent reaches an API server.
    package var credentials = CredentialsSettings(environment: [:])
    /// How long the server may take.
    package var patience = Duration.seconds(5)

    package init() {}
}
