import Netlink
import Network
import Platform
import Synchronization
import TestSupport

@testable import Proxy

/// 10.NETWORK.0.HOST or fd00:NETWORK::HOST, and a port.
private func end(
    _ family: IPFamily, _ network: UInt8, _ host: UInt8, _ port: UInt16
) -> AddressAndPort {
    switch family {
    case .v4: AddressAndPort(.v4(IPv4Address(10, network, 0, host)), Port(port))
    case .v6:
        AddressAndPort(
            .v6(IPv6Address(high: 0xFD00 << 48 | UInt64(network) << 32, low: UInt64(host))),
            Port(port))
    }
}

/// A client of these tests, in either family.
func client(_ family: IPFamily, _ port: UInt16 = 40000) -> AddressAndPort {
    end(family, 0, 1, port)
}

extension ConntrackEntry {
    /// A connection to a target that the kernel leads to a backend, or to no other place.
    init(
        _ transport: TransportProtocol, _ target: AddressAndPort, to backend: AddressAndPort?,
        from port: UInt16 = 40000, zone: UInt16 = 0
    ) {
        let client = client(target.address.family, port)
        self.init(
            ConntrackTuple(transport, from: client, to: target),
            reply: ConntrackTuple(transport, from: backend ?? target, to: client),
            status: transport == .tcp ? [.seenReply, .assured] : [.seenReply], zone: zone,
            timeout: 100, tcpState: transport == .tcp ? .established : nil)
    }
}

/// A service of one family with backends that a test adds and removes.
struct Addressed {
    let family: IPFamily

    var service: AddressAndPort { end(family, 96, 10, 53) }
    var other: AddressAndPort { end(family, 96, 11, 53) }
    var external: AddressAndPort { end(family, 192, 1, 53) }
    var node: AddressAndPort { end(family, 172, 1, 30053) }
    var one: AddressAndPort { end(family, 244, 1, 5353) }
    var two: AddressAndPort { end(family, 244, 2, 5353) }
    var moved: AddressAndPort { end(family, 244, 1, 5354) }

    func check(_ serving: AddressAndPort...) -> StaleCheck {
        StaleCheck(.init(.udp, service), .serving(Set(serving)))
    }
}

/// How many connections a cleaner has deleted so far.
final class CleanupReports: Sendable {
    private let deleted = Mutex(0)

    func add(_ report: CleanupReport) { deleted.withLock { $0 += report.deleted } }

    func wait(for count: Int) throws {
        let deadline = MonotonicTime.now + .patience
        while deleted.withLock({ $0 }) < count {
            guard MonotonicTime.now < deadline else { throw LabError("not cleaned up") }
            sleep(for: .milliseconds(2))
        }
    }
}
