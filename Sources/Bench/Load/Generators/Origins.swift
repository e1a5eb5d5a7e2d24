import Network
import Platform

/// From where and to where the next connection goes: all targets in turn, all ports in a circle.
struct Origins {
    private let targets: [AddressAndPort]
    private var target = 0
    private var ports: SourcePorts?

    /// There is a target; all are of one family.
    init(_ targets: [AddressAndPort], from sources: [IPAddress]) {
        self.targets = targets
        ports = targets.first.flatMap { SourcePorts(sources, $0.address.family) }
    }

    mutating func nextTarget() -> AddressAndPort {
        defer { target = target + 1 == targets.count ? 0 : target + 1 }
        return targets[target]
    }

    /// A socket from which a connection to a target can begin, at the next port that is free.
    mutating func open(
        _ kind: Socket.Kind, to target: AddressAndPort, _ options: SocketOptions
    ) throws(PlatformError) -> Socket {
        let socket = try Socket(target.address.family, kind, options)
        guard ports != nil else { return socket }
        while let source = ports?.next() {
            do throws(PlatformError) {
                try socket.bind(.ip(source))
                break
            } catch  where error.code == .addressInUse {
                continue
            }
        }
        return socket
    }
}
