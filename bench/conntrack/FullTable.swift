import Measure
import Netlink
import Network
import Platform
import Proxy
import Synchronization

/// A namespace whose kernel tracks many connections to a thousand services.
struct FullTable: ~Copyable {
    private let namespace: NetworkNamespace
    let isV6: Bool

    static let services = 1000
    private static let chunk = 10_000

    init(isV6: Bool) throws {
        self.isV6 = isV6
        namespace = try NetworkNamespace.anonymous()
    }

    borrowing func fill(entries: Int) throws {
        var conntrack = try ConntrackSocket(in: namespace)
        for start in stride(from: 0, to: entries, by: Self.chunk) {
            let range = start..<min(start + Self.chunk, entries)
            try conntrack.run(range.map { .create(entry($0)) })
        }
    }
}

extension FullTable {
    /// Four of five connections are UDP.
    private func entry(_ index: Int) -> ConntrackEntry {
        let transport: TransportProtocol = index % 5 == 0 ? .tcp : .udp
        let client = AddressAndPort(
            address(UInt32(truncatingIfNeeded: 0x0A00_0000 + index >> 6)),
            Port(UInt16(truncatingIfNeeded: 1024 + index % 64)))
        let service = service(index % Self.services)
        return ConntrackEntry(
            ConntrackTuple(transport, from: client, to: service),
            reply: ConntrackTuple(transport, from: backend(index % Self.services), to: client),
            status: [.seenReply], timeout: 3600, tcpState: transport == .tcp ? .established : nil)
    }

    func service(_ number: Int) -> AddressAndPort {
        AddressAndPort(
            address(UInt32(truncatingIfNeeded: 0xC600_0000 + number)),
            Port(UInt16(truncatingIfNeeded: 1000 + number)))
    }

    func backend(_ number: Int) -> AddressAndPort {
        AddressAndPort(address(UInt32(truncatingIfNeeded: 0xC610_0000 + number)), 8080)
    }

    private func address(_ number: UInt32) -> IPAddress {
        isV6
            ? .v6(IPv6Address(high: 0xFD00 << 48, low: UInt64(number)))
            : .v4(IPv4Address(rawValue: number))
    }

    /// How long a list takes, and how many connections the kernel hands over for it.
    func list(_ filter: ConntrackFilter) throws -> (duration: Duration, count: Int) {
        var conntrack = try ConntrackSocket(in: namespace)
        var count = 0
        let start = MonotonicTime.now
        _ = try conntrack.visit(filter) { _ in count += 1 }
        return (MonotonicTime.now - start, count)
    }

    /// How long a cleanup takes, and how many connections it deletes.
    func clean(_ checks: [StaleCheck]) throws -> CleanupReport {
        let report = Outcome()
        let cleaner = try namespace.run { Result { try ConntrackCleaner { report.set($0) } } }.get()
        cleaner.add(checks)
        while report.value == nil { sleep(for: .milliseconds(1)) }
        withExtendedLifetime(cleaner) {}
        guard let value = report.value else { preconditionFailure("there was a report") }
        return value
    }
}

private final class Outcome: Sendable {
    private let report = Mutex<CleanupReport?>(nil)

    var value: CleanupReport? { report.withLock { $0 } }

    func set(_ value: CleanupReport) { report.withLock { $0 = value } }
}
