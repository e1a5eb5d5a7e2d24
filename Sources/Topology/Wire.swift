import Netlink
package import Network
import Platform

/// A wire between two hosts: a veth pair.
package struct Wire: Sendable {
    package let first: End
    package let second: End
    private let mtu: UInt32

    /// Where a wire comes into a host, and the addresses that the host has there.
    package struct End: Sendable {
        package let host: Host
        package let interface: InterfaceName
        package let addresses: [CIDR]

        package init(_ host: Host, _ interface: String, _ addresses: [CIDR] = []) throws {
            self.host = host
            self.interface = try InterfaceName(validating: interface)
            self.addresses = addresses
        }
    }

    /// Lays the wire; both ends are up and carry packets on return.
    package init(_ first: End, _ second: End, mtu: UInt32 = 1500) throws {
        self.first = first
        self.second = second
        self.mtu = mtu
        try lay()
    }

    private func lay() throws {
        let peer = NewLink.Peer(
            second.interface, mtu: mtu, in: NamespaceReference(second.host.namespace), queues: 1)
        let end = NewLink.End(first.interface, mtu: mtu, queues: 1)
        try first.host.change(.create(NewLink(end, .veth(peer))))
        for end in [first, second] { try end.activate() }
        for end in [first, second] { try end.awaitCarrier() }
    }
}

extension Wire.End {
    fileprivate func activate() throws {
        let index = try host.link(interface).index
        let requests = addresses.map { Request.add(InterfaceAddress(of: $0, on: index)) }
        try host.change(requests + [.change(.index(index), .up)])
    }

    /// Waits until what is sent through the link is no longer dropped.
    ///
    /// The end that is up first gets its queue when the kernel's link watch comes round to it.
    fileprivate func awaitCarrier() throws {
        try host.wait("get a carrier on \(interface)", every: .microseconds(200)) {
            try host.link(interface).state == .up
        }
    }
}

extension Host {
    /// How long the kernel may take in the background, on a machine that is very busy.
    private static let patience = Duration.seconds(20)

    /// Looks again and again until something is true.
    func wait(
        _ purpose: String, every pause: Duration = .milliseconds(1), _ isDone: () throws -> Bool
    ) throws {
        let deadline = MonotonicTime.now + Self.patience
        while try !isDone() {
            if MonotonicTime.now > deadline { throw TopologyError(name, "it does not \(purpose)") }
            sleep(for: pause)
        }
    }
}
