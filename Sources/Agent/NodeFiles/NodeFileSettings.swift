/// Where runtimes look for their plugins' configuration, and plugins for their node's ranges.
package struct NodeFileSettings: Hashable, Sendable {
    /// The directory of the runtime.
    package var directory = "/etc/cni/net.d"
    /// The configuration's name there; a runtime takes the first by name.
    package var file = "10-weft.conflist"
    package var rangeFile = "/run/weft/ranges.json"

    package init() {}

    package var path: String { "\(directory)/\(file)" }
}
