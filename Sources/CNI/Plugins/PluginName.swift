/// The names the program is called by; each is a plugin of its own.
package enum PluginName: String, CaseIterable, Sendable {
    /// The whole network of a pod.
    case main = "weft-cni"
    case addresses = "weft-ipam"
    case hostPorts = "weft-portmap"
    case weftBandwidth = "weft-bandwidth"

    // The reference plugins that are taken over, with their keys and their semantics.
    case bridge
    case pointToPoint = "ptp"
    case hostLocal = "host-local"
    case portmap
    case bandwidth
    case loopback

    /// The plugin that a program's path means; what is no name of ours is the main plugin.
    package init(program path: String) {
        self = path.split(separator: "/").last.flatMap { PluginName(rawValue: String($0)) } ?? .main
    }
}
