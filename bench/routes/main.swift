import Agent
import Netlink
import Network
import Platform
import Support

let command = Subcommand(
    "weft-bench-routes", summary: "keeping the ways to the pods of many nodes",
    options: [
        Option("nodes", value: "N", standard: "1000", help: "How many other nodes there are"),
        Option(
            "mode", value: "MODE", standard: "vxlan", help: "How they are reached: direct or vxlan"),
        Option("times", value: "N", standard: "10", help: "How often all is begun anew"),
    ]
) { arguments in
    let nodes = try arguments.number("nodes", in: 1...60_000)
    let times = try arguments.number("times", in: 1...1000)
    let mode = RouteSettings.Mode(rawValue: arguments.text("mode") ?? "") ?? .vxlan
    let outcome = try NetworkNamespace.anonymous().run {
        Result {
            try connect()
            var cost = try RouteCost(nodes: nodes, mode: mode)
            try cost.run(times: times)
        }
    }
    try outcome.get()
    return .success
}

/// Makes the wire to the other nodes; nobody is at its other end.
func connect() throws {
    var routes = try RouteSocket()
    let end = NewLink.End(try InterfaceName(validating: "eth0"))
    let peer = NewLink.Peer(try InterfaceName(validating: "eth1"))
    let link = try routes.create(NewLink(end, .veth(peer)))
    try routes.run(.change(.name(try InterfaceName(validating: "eth1")), .up))
    try routes.run(.change(.index(link), .up))
    for address in try RouteCost.addresses.map({ try CIDR(validating: $0) }) {
        try routes.run(.add(InterfaceAddress(address, on: link, flags: .noDuplicateDetection)))
    }
}
command.run(Array(CommandLine.arguments.dropFirst())).exit()
