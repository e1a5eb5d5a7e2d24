package import Network
package import Proxy

/// What one agent does on its node, and how; every field begins as its default.
package struct AgentConfiguration: Hashable, Sendable {
    /// The name of this node in the cluster; empty for the machine's.
    package var nodeName = ""
    /// Empty to look where clients of Kubernetes look.
    package var kubeconfig = ""
    /// A directory that objects come from instead of an API server.
    package var manifests = ""
    package var routes = Routes()
    package var masquerade = Masquerade()
    package var cni = CNI()
    package var proxy = ServiceProxy()
    package var dns = DNS()
    package var status = Status()
    package var log = Log()

    package init() {}
}

extension AgentConfiguration {
    package struct Routes: Hashable, Sendable {
        package var isEnabled = true
        /// How packets for another node's pods get there.
        package var mode = RouteSettings.Mode.auto
        package var vxlanID = 87
        package var vxlanPort = 4789
        /// The MTU of pods' links; 0 to derive it from the links that carry them.
        package var mtu = 0
    }

    package struct Masquerade: Hashable, Sendable {
        package var isEnabled = true
        /// Networks beside the cluster's own that see pods' addresses.
        package var exclude: [CIDR] = []
    }

    package struct CNI: Hashable, Sendable {
        package var isEnabled = true
        package var directory = "/etc/cni/net.d"
        package var file = "10-weft.conflist"
        package var rangeFile = "/run/weft/ranges.json"
    }

    package struct ServiceProxy: Hashable, Sendable {
        package var isEnabled = true
        package var configuration = ProxyConfiguration()
    }

    package struct DNS: Hashable, Sendable {
        package var isEnabled = false
        /// A Corefile; empty for what a cluster usually has.
        package var corefile = ""
        /// Addresses that every node has, which its pods are told to ask.
        package var localAddresses: [IPAddress] = []
        /// The cluster's DNS service, whose packets are to end on the node.
        package var serviceAddresses: [IPAddress] = []
    }

    package struct Status: Hashable, Sendable {
        package var socket = "/run/weft/agent.sock"
        package var health: AddressAndPort? = AddressAndPort(.v4(.unspecified), 10256)
        package var metrics: AddressAndPort? = AddressAndPort(.v4(IPv4Address(127, 0, 0, 1)), 10249)
    }

    package struct Log: Hashable, Sendable {
        package var level = Level.info
        package var format = Format.text

        package enum Level: String, Hashable, Sendable, CaseIterable {
            case debug, info, warning, error
        }

        package enum Format: String, Hashable, Sendable, CaseIterable {
            case text, json
        }
    }
}
