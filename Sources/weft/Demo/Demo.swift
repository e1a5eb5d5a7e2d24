import NFTables
import Netlink
import Network
import Platform

/// The demonstration: a service made of a few netlink messages, used and shown.
struct Demo: ~Copyable {
    private let plan: DemoPlan
    private var network: DemoNetwork

    init(_ plan: DemoPlan) throws {
        let network = try DemoNetwork()
        self.plan = plan
        self.network = network
    }

    mutating func run() throws {
        try connectHosts()
        var kernel = try programService()
        try useService()
        try showConnections()
        try removeService(&kernel)
    }
}

extension Demo {
    private mutating func connectHosts() throws {
        let begin = MonotonicTime.now
        let link = try network.connect()
        try say("Two hosts and a wire between them, made by one netlink message", begin)
        try network.address(link, as: plan.client, servicesIn: plan.services)
        try network.address(serverAs: plan.servers)
        for address in try network.routes.list(.addresses(.v4)) {
            try say("  client: \(address.address)")
        }
        for address in plan.servers { try say("  server: \(address)") }
    }

    private func programService() throws -> KernelRuleset {
        let opened = try network.client.run { () throws(PlatformError) in
            Result { () throws(NFTablesError) in try KernelRuleset() }
        }
        var kernel = try opened.get()
        let transaction = plan.service.transaction
        let begin = MonotonicTime.now
        try kernel.apply(transaction)
        try say("\nThe service \(plan.front), made by one nftables transaction", begin)
        try say(indented("\(transaction)"))
        try showAsNftSeesIt()
        return kernel
    }

    /// What the usual tool makes of it, where it is installed.
    private func showAsNftSeesIt() throws {
        let nft = Program("nft", ["list", "table", "ip", DemoService.table.name])
        let listed = try? network.client.run { () throws(PlatformError) in try nft.run() }
        guard let listed, listed.status.isSuccess else { return }
        try say("\nThe same, listed by nft")
        try say(indented(String(decoding: listed.output, as: UTF8.self)))
    }

    private func useService() throws {
        let servers = try network.server.run { () throws(PlatformError) in
            try plan.service.endpoints.map { endpoint throws(PlatformError) in
                try DemoServer(AddressAndPort(.v4(endpoint), Port(plan.service.targetPort)))
            }
        }
        try say("\n\(plan.connections) connections of the client to \(plan.front)")
        for number in 1...plan.connections {
            let connection = try DemoConnection(
                from: network.client, to: plan.front, servedBy: servers)
            try say(
                "  \(number): answered by \(connection.answer), "
                    + "connected in \(microseconds(connection.handshake))")
        }
    }

    private func showConnections() throws {
        var tracking = try ConntrackSocket(in: network.client)
        try say("\nThe kernel tracks them as")
        for entry in try tracking.connections() {
            try say("  \(entry.original), answers from \(entry.reply.source)")
        }
    }

    private mutating func removeService(_ kernel: inout KernelRuleset) throws {
        var transaction = Transaction()
        transaction.delete(DemoService.table)
        try kernel.apply(transaction)
        let left = try kernel.tables(.ip).count
        try say("\nRemoved: \(left) tables are left; the hosts go when this program ends.")
    }
}

extension Demo {
    private func say(_ line: String, _ begin: MonotonicTime? = nil) throws(PlatformError) {
        let time = begin.map { ": \(microseconds(MonotonicTime.now - $0))" } ?? ""
        try StandardStream.output.write("\(line)\(time)\n")
    }

    private func microseconds(_ duration: Duration) -> String {
        "\(duration.nanoseconds / 1000) µs"
    }

    private func indented(_ text: String) -> String {
        text.split(separator: "\n").map { "  \($0)" }.joined(separator: "\n")
    }
}
