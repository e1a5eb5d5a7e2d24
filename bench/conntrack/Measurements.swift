import Measure
import Netlink
import Network
import Platform
import Proxy

/// What is measured in a full table.
struct Measurements: ~Copyable {
    let table: FullTable

    private static let rounds = 5

    private var family: IPFamily { table.isV6 ? .v6 : .v4 }

    func run() throws {
        print("conntrack: resident \(try Self.resident())")
        let service = table.service(1)
        try list("a service", .init(.udp, to: service.address, destinationPort: service.port))
        try list("a port", .init(.udp, destinationPort: service.port))
        try list("a protocol", .init(.udp))
        try list("everything", .init())
        try clean("nothing of a service", [check(1, serving: table.backend(1))])
        try clean("all of a service", [check(2, serving: nil)])
        try clean("5 services", (3..<8).map { check($0, serving: nil) })
        try clean("6 services", (8..<14).map { check($0, serving: nil) })
        try clean("100 services", (20..<120).map { check($0, serving: nil) })
        try clean("all services", (0..<FullTable.services).map { check($0, serving: nil) })
    }

    private func check(_ number: Int, serving backend: AddressAndPort?) -> StaleCheck {
        StaleCheck(.init(.udp, table.service(number)), .serving(Set([backend].compactMap(\.self))))
    }

    private func list(_ name: String, _ direction: ConntrackFilter.Direction) throws {
        var samples = Samples(of: "list \(name)")
        var count = 0
        for _ in 0..<Self.rounds {
            let listed = try table.list(ConntrackFilter(family, original: direction))
            samples.add(listed.duration)
            count = listed.count
        }
        print("conntrack: \(samples): \(count) connections")
    }

    private func clean(_ name: String, _ checks: [StaleCheck]) throws {
        let report = try table.clean(checks)
        let failure = report.failure.map { ", \($0)" } ?? ""
        print(
            "conntrack: clean \(name): \(report.deleted) deleted in "
                + "\(report.duration.milliseconds) ms, resident \(try Self.resident())\(failure)")
    }

    private static func resident() throws -> String {
        let text = String(decoding: try File.read("/proc/self/status"), as: UTF8.self)
        let lines = text.split(separator: "\n").filter {
            $0.hasPrefix("VmRSS:") || $0.hasPrefix("VmHWM:")
        }
        return lines.map { $0.split(separator: "\t").joined() }.joined(separator: ", ")
    }
}
