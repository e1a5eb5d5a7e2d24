import Network

/// The addresses of a proxy's lab in one family.
struct LabAddresses: Sendable {
    let family: IPFamily

    /// The wires between machines: 192.168.NUMBER.0/24, on which the node is 1.
    func wire(_ number: Int, _ host: Int) -> String {
        family == .v4 ? "192.168.\(number).\(host)" : "fd00:192:\(number)::\(host)"
    }

    /// A pod's address; each pod has a small network of its own with its gateway.
    func pod(_ machine: Int, _ number: Int) -> String { podNetwork(machine, number, host: 2) }

    func gateway(_ machine: Int, _ number: Int) -> String {
        podNetwork(machine, number, host: 1)
    }

    private func podNetwork(_ machine: Int, _ number: Int, host: Int) -> String {
        family == .v4
            ? "10.244.\(machine).\(4 * number + host)"
            : "fd00:244:\(machine):\(number + 1)::\(host)"
    }

    var wireLength: Int { family == .v4 ? 24 : 64 }
    var podLength: Int { family == .v4 ? 30 : 64 }
    var allPods: String { family == .v4 ? "10.244.0.0/16" : "fd00:244::/32" }

    func pods(of machine: Int) -> String {
        family == .v4 ? "10.244.\(machine).0/24" : "fd00:244:\(machine)::/48"
    }

    var services: String { family == .v4 ? "10.96.0.0/16" : "fd00:96::/64" }

    /// A service's own address, and those it is reached by from outside.
    func service(_ number: Int) -> String { of(96, number) }
    func virtual(_ number: Int) -> String { of(97, number) }
    func external(_ number: Int) -> String { of(98, number) }

    private func of(_ network: Int, _ number: Int) -> String {
        family == .v4
            ? "10.\(network).\(number / 250).\(number % 250 + 1)"
            : "fd00:\(network)::\(String(number + 1, radix: 16))"
    }
}
