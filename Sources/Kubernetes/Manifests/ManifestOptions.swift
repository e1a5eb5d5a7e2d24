/// How a directory of manifests is read.
package struct ManifestOptions: Hashable, Sendable {
    package var controlPlane = ControlPlaneOptions()
    /// Where addresses and node ports are remembered; without one, a restart may give others.
    package var stateFile: String?

    package init() {}
}
